package dev.wharf.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.camel.Records;
import dev.wharf.camel.VariablesInSql;
import dev.wharf.datasets.DatasetFile;
import dev.wharf.deadletters.DeadLetterWriter;
import dev.wharf.deadletters.ReadDelivery;
import dev.wharf.jobs.AttemptFailedException;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.DueMessage;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.JobCounts;
import dev.wharf.jobs.Jobs;
import dev.wharf.jobs.RunTable;
import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.KeyPattern;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import dev.wharf.store.StoreException;
import dev.wharf.testing.Databases;
import dev.wharf.testing.HandOperated;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.RouteTest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the request for a job to the announcement of its results. */
class RunningRouteTest extends RouteTest {
    private static Database database;

    private final HandOperated queues = new HandOperated();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService fileThreads = Executors.newCachedThreadPool();
    private final Steps steps = new Steps();
    private RuntimeException failure;

    RunningRouteTest() {
        super("running", "jobs", "deadletters");
    }

    @BeforeAll
    static void open() {
        database = Databases.open(
                new Settings.Registry("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc", "sa", Secret.NONE),
                null);
    }

    @AfterEach
    void endThreads() {
        fileThreads.shutdownNow();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** What {@link Runs} decides, decided beforehand. */
    public final class Steps {
        private boolean free = true;
        private boolean over;
        private boolean varying;
        private final Fetching fetching = new Fetching();
        private final CyclicBarrier both = new CyclicBarrier(2);

        public RunTable.State claim(String message) {
            calls.add("claim " + message);
            return free ? new RunTable.State(1, 7, 1, 1, 1, null, "InProgress", 1) : null;
        }

        public Run prepare(RunTable.State claimed) {
            return new Run(claimed, null, null, null, List.of(), null);
        }

        public Placed matches(Run run) {
            calls.add("matches");
            return varying ? () -> new Place(store, "bucket", pattern()) : null;
        }

        public void match(Run run, List<ObjectInfo> files) {
            files.forEach(file -> calls.add("match " + file.key()));
        }

        public void matched(Run run) {
            calls.add("matched");
        }

        public Iterator<DatasetFile> files(Run run) {
            return fetching.of(List.of(new DatasetFile(0, "a", 1, "etag-a"), new DatasetFile(1, "b", 1, "etag-b"))
                    .iterator());
        }

        public Place place(Run run, DatasetFile file) {
            return new Place(store, "bucket", file.key(), file.etag());
        }

        public void keep(Run run, DatasetFile file, ObjectStream in) throws Exception {
            both.await(20, TimeUnit.SECONDS);
            calls.add("keep " + in.object().key());
        }

        public void failed(Run run, DatasetFile file, Throwable failed) {
            fetching.fail(file, failed);
        }

        public void gather(Run run) {
            calls.add("gather");
            if (fetching.failure() != null) {
                throw Problems.of(fetching.failure().cause());
            }
        }

        public void execute(Run run) {
            calls.add("execute");
            run.announce(DueMessage.ofPublication(7, "results", "here"));
        }

        public FailedAttempt fail(RunTable.State claimed, Run run, Throwable failed) {
            String reason = Problems.of(failed).detail();
            calls.add("fail: " + reason);
            return new FailedAttempt(over, reason);
        }
    }

    /** What {@link JobStarts} decides. */
    public static final class Requests {
        public JobStarts.Requested create(Object caller, Object request, Object taken, String executionId) {
            return "test".equals(request)
                    ? new JobStarts.Checked(1, "d", "session")
                    : new JobStarts.Started("session", "JobStarted", null, 7, Map.of());
        }

        public DueMessage message(JobStarts.Started started) {
            return DueMessage.ofRun(started.id());
        }
    }

    public final class Limit {
        public void count(Object caller, Object answer) {
            calls.add("count");
        }
    }

    private final MemoryStore store = new MemoryStore() {
        @Override
        public ObjectStream read(String bucket, String key, String etag) {
            calls.add("read " + key + " " + etag);
            if (failure != null) {
                throw failure;
            }
            return new ObjectStream() {
                @Override
                public ObjectInfo object() {
                    return MemoryStore.object(key);
                }

                @Override
                public int read() {
                    return -1;
                }

                @Override
                public void close() {
                    calls.add("close " + key);
                }
            };
        }
    };

    @Override
    protected void bindOutside(Registry registry) {
        Processor admit = exchange -> calls.add("admit");
        registry.bind("dataSource", database.dataSource());
        registry.bind("records", new Records());
        registry.bind("variablesInSql", new VariablesInSql());
        registry.bind("runs", steps);
        registry.bind("fileThreads", fileThreads);
        registry.bind("deadLetterWriter", new DeadLetterWriter(database, 3, Clock.systemUTC()));
        registry.bind("readDelivery", new ReadDelivery());
        Processor keepDelivery = ReadDelivery::keep;
        registry.bind("keepDelivery", Processor.class, keepDelivery);
        registry.bind("jobStarts", new Requests());
        registry.bind("jobGroupsLimit", new Limit());
        var claims = new Claims(database, ProcessId.of("here:1"), Clock.systemUTC());
        registry.bind("jobs", new Jobs(database, claims, new JobCounts(database)));
        registry.bind("storeAdmission", Processor.class, admit);
        registry.bind("timer", new HandOperated());
        registry.bind("jms", queues);
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        var properties = new Properties();
        properties.setProperty("wharf.running.max-concurrent", "2");
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    private Exchange request(String body) {
        return template.request("direct:createJobGroup", exchange -> {
            exchange.setVariable("caller", "caller");
            exchange.setVariable("answer", "answer");
            exchange.getMessage().setBody(body);
        });
    }

    private Exchange deliver() throws Exception {
        return queues.begin("queue:running.jobs", "message");
    }

    @Test
    void aJobIsCountedRecordedSentAndAnsweredWith() {
        var answer = request("job");

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isInstanceOf(JobStarts.Started.class);
        assertThat(calls).containsExactly("admit", "count");
        assertThat(queues.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.to()).isEqualTo("queue:running.jobs");
            assertThat(sent.body()).isEqualTo("{\"jobGroupId\":7}");
        });
    }

    @Test
    void inTestModeNothingIsSent() {
        assertThat(request("test").getMessage().getBody()).isInstanceOf(JobStarts.Checked.class);

        assertThat(queues.sent()).isEmpty();
    }

    @Test
    void aJobWhoseMessageCannotBeSentNowIsAnsweredWithAllTheSame() {
        queues.fail(new IllegalStateException("the queue is away"));

        var answer = request("job");

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isInstanceOf(JobStarts.Started.class);
    }

    @Test
    void filesAreFetchedSideBySideAsTheyWereImportedAndTheResultsAnnouncedToTheirNode() throws Exception {
        assertThat(deliver().getException()).isNull();

        assertThat(calls)
                .startsWith("claim message", "matches")
                .containsSubsequence("read a etag-a", "keep a", "close a", "gather")
                .containsSubsequence("read b etag-b", "keep b", "close b", "gather")
                .endsWith("gather", "execute")
                .hasSize(10);
        assertThat(queues.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.to()).isEqualTo("queue:publishing.jobs");
            assertThat(sent.body()).isEqualTo("results");
            assertThat(sent.headers()).containsEntry("wharfNode", "here");
            assertThat(sent.options()).containsEntry("timeToLive", "600000");
        });
    }

    @Test
    void whereThePathVariesFilesAreFoundBeforeTheyAreFetched() throws Exception {
        steps.varying = true;
        store.with("in/1.csv", "in/2.csv", "other/3.csv");

        assertThat(deliver().getException()).isNull();

        assertThat(calls)
                .startsWith("claim message", "matches", "match in/1.csv", "match in/2.csv", "matched")
                .endsWith("execute");
    }

    /** What lies in a folder. */
    private static KeyPattern pattern() {
        return new KeyPattern() {
            @Override
            public boolean matches(String key) {
                return key.startsWith("in/");
            }

            @Override
            public Look look(String folder) {
                return new Look("in/", true);
            }
        };
    }

    @Test
    void aMessageOfARunThatSomebodyHasOrThatIsOverDoesNothing() throws Exception {
        steps.free = false;

        assertThat(deliver().getException()).isNull();

        assertThat(calls).containsExactly("claim message");
        assertThat(queues.sent()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadEndsTheAttemptAndTheMessageComesAgain() throws Exception {
        failure = new StoreException(StoreException.Kind.UNAVAILABLE, "not now");

        assertThat(deliver().getException())
                .isInstanceOf(AttemptFailedException.class)
                .hasMessage("not now");

        assertThat(calls)
                .startsWith("claim message", "matches")
                .contains("read a etag-a")
                .endsWith("gather", "fail: not now");
        assertThat(queues.sent()).isEmpty();
    }

    @Test
    void anAttemptThatEndsTheRunEndsItsMessageAsWell() throws Exception {
        failure = new StoreException(StoreException.Kind.CHANGED, "another one by now");
        steps.over = true;

        assertThat(deliver().getException()).isNull();

        assertThat(calls).doesNotContain("execute");
        assertThat(queues.sent()).isEmpty();
    }

    @Test
    void resultsThatCannotBeAnnouncedBringTheMessageBack() throws Exception {
        queues.fail(new IllegalStateException("the queue is away"));

        assertThat(deliver().getException()).hasMessage("the queue is away");
    }
}
