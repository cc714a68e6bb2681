package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.camel.Records;
import dev.wharf.camel.VariablesInSql;
import dev.wharf.deadletters.DeadLetterWriter;
import dev.wharf.deadletters.ReadDelivery;
import dev.wharf.identity.login.Identities;
import dev.wharf.jobs.Attempt;
import dev.wharf.jobs.AttemptFailedException;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.Publication;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.Content;
import dev.wharf.store.CopySource;
import dev.wharf.store.Place;
import dev.wharf.store.Stageable;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import dev.wharf.testing.Databases;
import dev.wharf.testing.HandOperated;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.RouteTest;
import dev.wharf.testing.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The order of a publication's steps, and what its message ends in. */
class PublishingRouteTest extends RouteTest {
    private static final String QUEUE = "queue:publishing.jobs";

    private static Database database;

    private final HandOperated timers = new HandOperated();
    private final HandOperated queues = new HandOperated();
    private final List<String> calls = new ArrayList<>();
    private final Steps steps = new Steps();
    private RuntimeException failure;

    PublishingRouteTest() {
        super("publishing", "deadletters");
    }

    /** What {@link Publishing} decides, decided beforehand. */
    public final class Steps {
        private boolean free = true;
        private boolean over;
        private boolean copied;
        private boolean shared;
        private int turns = 1;
        private String taken;

        public String read(String message) {
            return message;
        }

        public Publication claim(String message) {
            calls.add("claim " + message);
            return free ? new Publication(1, 1, "uuid", 1, "n", "spark", true, 1, null) : null;
        }

        public void plan(Publication job, String message) {
            calls.add("plan");
        }

        public Staging staging(Publication job) {
            return new Staging(job, null, shared ? new Attempt(1, 1, "here:1", 2) : null);
        }

        public Destination destination(Staging staging, PendingFile file) {
            return file.objectKey().equals(taken)
                    ? null
                    : new Destination(file, new Place(store, file.bucket(), file.objectKey()));
        }

        public Stageable source(Staging staging, Destination to) {
            String source = to.file().sourceUri();
            return copied
                    ? new CopySource("bucket", source, 1, "etag", null, null)
                    : new Content(new Bytes(source), OptionalLong.of(1), null);
        }

        public void staged(Staging staging, Destination to, StagedObject staged) {
            calls.add("staged " + staged.key());
        }

        public void failed(Staging staging, PendingFile file, Throwable failed) {
            staging.failure().add(failed);
            calls.add("failed " + file.objectKey());
        }

        public void gather(Staging staging) {
            staging.failure().rethrow();
            calls.add("gather");
            if (--turns == 0) {
                staging.complete();
            }
        }

        public String message(Staging staging, PendingFile file) {
            return "file " + file.objectKey();
        }

        public void untold(Staging staging, Throwable failed) {
            calls.add("untold");
        }

        public Staging join(String message, Boolean again) {
            calls.add("join " + message + (again == null ? "" : " again"));
            return message.equals("over")
                    ? null
                    : Staging.ofOne(
                            null,
                            null,
                            new Attempt(1, 1, "there:1", 2),
                            new PendingFile(1, "s3://s-a", null, null, "bucket", message, null),
                            false);
        }

        public FailedAttempt refuse(Throwable failed) {
            String reason = Problems.of(failed).detail();
            calls.add("refuse: " + reason);
            return over
                    ? new FailedAttempt(true, reason)
                    : new FailedAttempt(false, FailedAttempt.DeadLetter.AT_LAST, reason);
        }

        public void renew() {
            calls.add("renew");
        }

        public void commit(Publication job) {
            calls.add("commit");
        }

        public void writeManifests(Publication job) {
            calls.add("manifests");
        }

        public String awaitListing(Publication job) {
            calls.add("listing");
            return "not listed yet";
        }

        public void finish(Publication job, String warning) {
            calls.add("finish: " + warning);
        }

        public FailedAttempt giveUp(Publication job, Throwable failed) {
            String reason = Problems.of(failed).detail();
            calls.add("give up: " + reason);
            return new FailedAttempt(over, reason);
        }

        public void tidy() {
            throw new IllegalStateException("cannot tidy");
        }

        public void recheckListings() {
            calls.add("recheck");
        }

        public void count(Object caller, Object answer) {
            calls.add("count " + caller);
        }

        /** Without a body, a job goes on, whose message follows by itself. */
        public Republications.Requested publish(Object caller, Object id, Object request, Object executionId) {
            calls.add((request == null ? "go on " : "publish ") + caller + " " + id);
            return new Republications.Requested(1, null);
        }

        public String published(Object caller, Object id) {
            return "job group " + id;
        }

        public void withdraw(Object caller, Object id) {
            throw new ProblemException(Problem.CONFLICT, "cannot be withdrawn");
        }

        public String get(Object caller, Object id, Object query) {
            return "job group " + id;
        }

        public void cancel(Object caller, Object id) {
            calls.add("cancel " + caller + " " + id);
        }

        public String canceled(Object caller, Object id) {
            return "jobs of " + id;
        }

        public String written(Object caller, Object id) {
            return "version of " + id;
        }

        public void readResult(Object caller, Object written, Object head, Object answer) {
            calls.add("send " + written);
        }

        public void reap() {
            calls.add("reap");
        }
    }

    private static final ExecutorService ONE_THREAD = Executors.newSingleThreadExecutor();

    private final class Bytes extends ByteArrayInputStream {
        private final String source;

        Bytes(String source) {
            super(new byte[1]);
            this.source = source;
        }

        @Override
        public void close() {
            calls.add("closed " + source);
        }
    }

    private final MemoryStore store = new MemoryStore() {
        @Override
        public StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String type) {
            return staging("stage ", key);
        }

        @Override
        public StagedObject stageCopy(CopySource object, String bucket, String key) {
            return staging("copy ", key);
        }

        private StagedObject staging(String how, String key) {
            calls.add(how + key);
            if (failure != null) {
                throw failure;
            }
            return new StagedObject("bucket", key, "upload", List.of(), 1, "md5", "mark");
        }
    };

    @Override
    protected void bindOutside(Registry registry) {
        registry.bind("dataSource", database.dataSource());
        registry.bind("records", new Records());
        registry.bind("variablesInSql", new VariablesInSql());
        registry.bind("publishing", steps);
        registry.bind("sharedFiles", steps);
        registry.bind("fileThreads", ONE_THREAD); // one after the other, so that there is an order to look at
        registry.bind("deadLetterWriter", new DeadLetterWriter(database, 3, Clock.systemUTC()));
        registry.bind("readDelivery", new ReadDelivery());
        Processor keepDelivery = ReadDelivery::keep;
        registry.bind("keepDelivery", Processor.class, keepDelivery);
        registry.bind("publicationUpkeep", steps);
        registry.bind("jobGroupsLimit", steps);
        registry.bind("republications", steps);
        registry.bind("uploadReaper", steps);
        registry.bind("jobGroups", steps);
        registry.bind("scriptResults", steps);
        registry.bind("downloads", steps);
        registry.bind("timer", timers);
        registry.bind("jms", queues);
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        var properties = new Properties();
        properties.setProperty("wharf.publishing.max-concurrent", "3");
        properties.setProperty("wharf.publishing.max-concurrent-files", "16");
        properties.setProperty("wharf.broker.shared", "true");
        properties.setProperty("wharf.node", "here");
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    @BeforeAll
    static void open() {
        database = Databases.open(
                new Settings.Registry("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc", "sa", Secret.NONE),
                null);
        new Identities(database, new SettableClock()).bootstrap();
        sql(
                "INSERT INTO job_group (id, uuid, workspace_id, membership_id, name, execution, ran_from, status, created_at,"
                        + " updated_at) VALUES (1, 'u', 1, 1, 'n', 'spark', 'api', 'InProgress', NOW, NOW)");
        sql("INSERT INTO result_file (job_group_id, file_no, source_uri, bucket, object_key, state, listed) VALUES"
                + " (1, 2, 's3://s-b', 'bucket', 'b', 'pending', FALSE), (1, 1, 's3://s-a', 'bucket', 'a', 'pending', FALSE),"
                + " (1, 3, 's3://s-c', 'bucket', 'c', 'staged', FALSE)");
    }

    @AfterAll
    static void close() {
        ONE_THREAD.shutdown();
        database.close();
    }

    private static void sql(String statement) {
        JdbcClient.create(database.dataSource()).sql(statement).update();
    }

    private Exchange deliver() throws Exception {
        return queues.begin(QUEUE, "message");
    }

    @Test
    void whatIsPendingIsStagedInOrderAndThenAllBecomesVisible() throws Exception {
        assertThat(deliver().getException()).isNull();

        assertThat(calls)
                .containsExactly(
                        "claim message",
                        "plan",
                        "stage a",
                        "staged a",
                        "closed s3://s-a",
                        "stage b",
                        "staged b",
                        "closed s3://s-b",
                        "gather",
                        "commit",
                        "manifests",
                        "listing",
                        "finish: not listed yet");
    }

    @Test
    void whatTheStoreHasIsCopiedThere() throws Exception {
        steps.copied = true;

        assertThat(deliver().getException()).isNull();

        assertThat(calls).contains("copy a", "staged a", "copy b", "staged b", "commit");
    }

    @Test
    void aMessageOfAJobThatSomebodyHasOrThatIsOverDoesNothing() throws Exception {
        steps.free = false;

        assertThat(deliver().getException()).isNull();

        assertThat(calls).containsExactly("claim message");
    }

    @Test
    void aFileThatCannotBeStagedEndsTheAttemptAndTheMessageComesAgain() throws Exception {
        failure = new StoreException(StoreException.Kind.UNAVAILABLE, "not now");

        assertThat(deliver().getException())
                .isInstanceOf(AttemptFailedException.class)
                .hasMessage("not now");

        assertThat(calls)
                .containsExactly("claim message", "plan", "stage a", "failed a", "closed s3://s-a", "give up: not now");
    }

    @Test
    void anAttemptThatEndsTheJobEndsItsMessageAsWell() throws Exception {
        failure = new StoreException(StoreException.Kind.DENIED, "never");
        steps.over = true;

        assertThat(deliver().getException()).isNull();

        assertThat(calls).endsWith("give up: never").doesNotContain("commit");
    }

    @Test
    void otherNodesAreToldOfEachFileTheLastOneFirst() throws Exception {
        steps.shared = true;

        assertThat(deliver().getException()).isNull();

        assertThat(queues.sent()).hasSize(2).allSatisfy(sent -> {
            assertThat(sent.to()).isEqualTo("queue:publishing.files");
            assertThat(sent.headers()).containsEntry("wharfHolder", "here").doesNotContainKey("wharfNode");
            assertThat(sent.options())
                    .containsEntry("deliveryPersistent", "false")
                    .containsEntry("transacted", "false");
        });
        assertThat(calls).contains("staged a", "staged b", "commit");
    }

    @Test
    void aJobThatIsNotSharedSendsNothing() throws Exception {
        assertThat(deliver().getException()).isNull();

        assertThat(queues.sent()).isEmpty();
    }

    @Test
    void aJobWhoseFilesNobodyCanBeToldOfIsStagedHere() throws Exception {
        steps.shared = true;
        queues.fail(new IllegalStateException("the broker is away"));

        assertThat(deliver().getException()).isNull();

        assertThat(calls).containsSubsequence("untold", "staged a", "staged b", "commit");
    }

    @Test
    void whatAnotherNodeIsAtIsLeftToItAndLookedAtAgain() throws Exception {
        steps.shared = true;
        steps.taken = "a";
        steps.turns = 2;

        assertThat(deliver().getException()).isNull();

        assertThat(calls)
                .doesNotContain("stage a")
                .containsSubsequence("staged b", "gather", "staged b", "gather", "commit");
    }

    private Exchange tell(String message) {
        return template.request(
                "direct:stageToldFile", exchange -> exchange.getMessage().setBody(message));
    }

    @Test
    void aFileOfAnotherNodesJobIsStaged() throws Exception {
        assertThat(tell("e").getException()).isNull();

        assertThat(calls).containsExactly("join e", "stage e", "staged e", "closed s3://s-a");
    }

    @Test
    void aFileOfAnAttemptThatIsOverIsLeftAlone() throws Exception {
        assertThat(tell("over").getException()).isNull();

        assertThat(calls).containsExactly("join over");
    }

    @Test
    void aFileThatFailsForAnotherNodeIsNotedAndItsMessageIsDone() throws Exception {
        failure = new StoreException(StoreException.Kind.DENIED, "never");

        assertThat(tell("e").getException()).isNull();

        assertThat(calls).containsExactly("join e", "stage e", "failed e", "closed s3://s-a");
    }

    @Test
    void aNodeReadsOfManyFilesOfOthersAndOfOneOfItsOwnAtATime() {
        assertThat(context.getRoute("stageSharedFile").getEndpoint().getEndpointUri())
                .contains("wharfHolder", "here", "maxConcurrentConsumers=16");
        assertThat(context.getRoute("stageReturnedFile").getEndpoint().getEndpointUri())
                .contains("wharfHolder", "here", "concurrentConsumers=1");
    }

    @Test
    void aNodeTakesMessagesForAnyNodeAndForItself() {
        assertThat(context.getRoute("publishJob").getEndpoint().getEndpointUri())
                .contains("wharfNode")
                .contains("here")
                .contains("concurrentConsumers=3");
    }

    @Test
    void tidyingThatFailsIsTriedTheNextTime() throws Exception {
        assertThat(timers.begin("tidyPublications", null).getException()).isNull();
    }

    private Exchange request(String route) {
        return template.request("direct:" + route, exchange -> {
            exchange.setVariable("caller", "caller");
            exchange.setVariable("id", 1L);
            exchange.setVariable("query", "query");
        });
    }

    @Test
    void aJobThatGoesOnIsAnsweredWith() {
        assertThat(request("publishJobGroup").getMessage().getBody()).isEqualTo("job group 1");

        assertThat(calls).containsExactly("count caller", "go on caller 1");
    }

    @Test
    void aRefusalIsAnErrorDocument() {
        var answer = request("withdrawJobGroup").getMessage();

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(409);
        assertThat(answer.getBody(String.class)).contains("cannot be withdrawn");
    }

    @Test
    void aJobIsCanceledAndWhatAJobHasWrittenIsSent() {
        assertThat(request("cancelJobGroup").getMessage().getBody()).isEqualTo("jobs of 1");
        request("downloadScriptResult");

        assertThat(calls).containsExactly("cancel caller 1", "send version of 1");
    }
}
