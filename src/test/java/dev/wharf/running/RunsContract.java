package dev.wharf.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetFile;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.Manifests;
import dev.wharf.engine.file.EngineInput;
import dev.wharf.engine.profile.Profile;
import dev.wharf.engine.run.Engine;
import dev.wharf.engine.run.EngineResult;
import dev.wharf.engine.run.EngineRun;
import dev.wharf.engine.run.EngineSource;
import dev.wharf.identity.Caller;
import dev.wharf.identity.login.Identities;
import dev.wharf.jobs.AttemptFailedException;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.DueMessage;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.JobCounts;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobInput;
import dev.wharf.jobs.JobRoutes;
import dev.wharf.jobs.Jobs;
import dev.wharf.jobs.PublicationTable;
import dev.wharf.jobs.ReadPlace;
import dev.wharf.jobs.RunTable;
import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore.Order;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreException;
import dev.wharf.testing.HandOperated.Sent;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.SettableClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every run comes to its end, whatever happens to processes and messages: a process that is no longer asked for anything
 * was killed, and another one on the same registry is its successor or another node.
 */
abstract class RunsContract {
    private static final int ATTEMPTS = 3;

    private static JobRoutes routes;

    @TempDir
    Path data;

    private final SettableClock clock = new SettableClock();
    private Identities identities;
    private long job;

    /** The registry, empty at first. */
    abstract Database database();

    private final MemoryStore store = new MemoryStore();

    /** A node's process: what its routes call. */
    private final class Node {
        final Runs runs;
        final Jobs jobs;
        final PublicationTable publications;
        final Claims claims;

        Node(String process) {
            this(process, null);
        }

        Node(String process, Engine engine) {
            claims = new Claims(database(), ProcessId.of(process), clock);
            jobs = new Jobs(database(), claims, new JobCounts(database()));
            publications = new PublicationTable(database(), claims);
            runs = new Runs(
                    database(),
                    claims,
                    identities,
                    store,
                    new RunResults(engine, 1L << 20),
                    new Manifests(database(), clock),
                    data.resolve(process).resolve("jobs"),
                    Long.MAX_VALUE,
                    ATTEMPTS);
            jobs.renew();
        }

        /** What the routes do where the path varies; the keys of the files that are to be read. */
        List<String> find(Run run) {
            Matches matches = runs.matches(run);
            if (matches != null) {
                runs.match(run, matches.place().walk(Order.BY_KEY).toList());
                runs.matched(run);
            }
            List<String> keys = new ArrayList<>();
            runs.files(run).forEachRemaining(file -> keys.add(file.key()));
            return keys;
        }

        RunTable.State claim() {
            return runs.claim("{\"jobGroupId\":" + job + "}");
        }

        /** What {@code running.camel.yaml} does with a message; whether the run is complete by it. */
        boolean run() {
            RunTable.State claimed = claim();
            if (claimed == null) {
                return false;
            }
            Run run = null;
            try {
                run = runs.prepare(claimed);
                runs.execute(run);
                return run.isExecuted();
            } catch (RuntimeException e) {
                FailedAttempt failed = runs.fail(claimed, run, e);
                if (!failed.over()) {
                    throw new AttemptFailedException(failed.reason());
                }
                return false;
            }
        }

        Run complete() {
            Run run = runs.prepare(claim());
            runs.execute(run);
            return run;
        }

        boolean takesThePublication() {
            return claims.take(publications.find(job).orElseThrow().job().jobId(), job);
        }

        /** What it sends when it looks for what is due. */
        List<Sent> due() {
            return routes.due(jobs).stream()
                    .filter(sent -> sent.body().toString().contains("\"jobGroupId\":" + job))
                    .toList();
        }
    }

    private static boolean isRun(Sent sent) {
        return sent.to().equals("queue:running.jobs");
    }

    /** The only node that may take a message. */
    private static Object node(Sent sent) {
        return sent.headers().get("wharfNode");
    }

    @BeforeAll
    static void startRoutes() {
        routes = new JobRoutes();
    }

    @AfterAll
    static void stopRoutes() {
        routes.close();
    }

    @BeforeEach
    void aJob() {
        routes.on(database());
        identities = new Identities(database(), clock);
        identities.bootstrap();
        Caller caller = identities.byMembership(1).orElseThrow();
        String uuid = java.util.UUID.randomUUID().toString();
        sql("INSERT INTO imported_dataset (id, uuid, workspace_id, owner_id, name, bucket, object_key,"
                + " disable_type_inference, created_at, updated_at)"
                + " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM imported_dataset), '" + uuid
                + "', 1, 1, 'd', 'bucket', 'k', FALSE, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");
        long id = value("SELECT MAX(id) FROM imported_dataset", Long.class);
        var manifests = new Manifests(database(), clock);
        assertThat(manifests.publish(manifests.begin(id), 0)).isTrue();
        Dataset dataset = new DatasetTable(database()).of(id);
        job = new JobGroupTable(database())
                .insert(
                        caller,
                        JobInput.of(dataset),
                        new ReadPlace(dataset.source(), false),
                        dataset.manifestId(),
                        null,
                        "photon",
                        List.of(),
                        false,
                        clock.instant())
                .group();
    }

    private void sql(String statement) {
        JdbcClient.create(database().dataSource()).sql(statement).update();
    }

    private <T> T value(String sql, Class<T> type) {
        return JdbcClient.create(database().dataSource()).sql(sql).query(type).single();
    }

    private String status() {
        return value("SELECT status FROM job_group WHERE id = " + job, String.class);
    }

    @Test
    void oneProcessTakesARunAndNoOther() {
        Node a = new Node("a:1");
        assertThat(a.claim()).isNotNull();
        assertThat(a.claim()).isNull();
        assertThat(new Node("b:1").claim()).isNull();
        assertThat(status()).isEqualTo("InProgress");
    }

    @Test
    void theNextStartOfANodeTakesOverWhatItsLastOneHad() {
        new Node("a:1").claim();

        assertThat(new Node("a:2").run()).isTrue();
    }

    /** Names of nodes hold what is a wildcard to LIKE. */
    @Test
    void aNodeWithASimilarNameIsAnotherNode() {
        new Node("a_c:1").claim();
        assertThat(new Node("abc:1").claim()).isNull();
        assertThat(new Node("a%:1").claim()).isNull();
    }

    @Test
    void aRunWhoseNodeDiedIsDoneByAnotherTwoMinutesLaterAlthoughItsMessageIsGone() {
        Node a = new Node("a:1");
        RunTable.State claimed = a.claim();
        Run run = a.runs.prepare(claimed);
        Node b = new Node("b:1");
        assertThat(b.run()).isFalse(); // the broker has redelivered at once, and the message is gone
        clock.pass(Duration.ofSeconds(115));
        assertThat(b.due()).isEmpty();

        clock.pass(Duration.ofSeconds(10));
        assertThat(b.due()).singleElement().matches(RunsContract::isRun);
        assertThat(b.run()).isTrue();

        // The first one was not dead after all: it announces nothing, and ends nothing.
        assertThatThrownBy(() -> a.runs.execute(run)).hasMessageContaining("taken over by another process");
        assertThat(run.isExecuted()).isFalse();
        assertThat(a.runs.fail(claimed, run, new IllegalStateException("late")).over())
                .isFalse();
        assertThat(value("SELECT node_id FROM job WHERE job_type = 'publish' AND job_group_id = " + job, String.class))
                .isEqualTo("b");
        assertThat(status()).isEqualTo("InProgress");
    }

    /** An engine whose results are there at once, and whose work is never done otherwise. */
    private static final class SlowEngine implements Engine {
        private final CountDownLatch working = new CountDownLatch(1);
        private final boolean runs;

        /** @param runs whether it is the profile that is never done */
        SlowEngine(boolean runs) {
            this.runs = runs;
        }

        @Override
        public EngineResult run(EngineRun run) {
            return runs
                    ? new EngineResult(List.of(run.source().folder().resolve(run.resultName())), 1, 1)
                    : untilInterrupted();
        }

        @Override
        public Profile profile(EngineSource source) {
            return untilInterrupted();
        }

        private <T> T untilInterrupted() {
            working.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("Nobody ends this but an interrupt");
            } catch (InterruptedException canceled) {
                Thread.currentThread().interrupt();
                throw new ProblemException(Problem.UNAVAILABLE, "The work was canceled.");
            }
        }
    }

    /** Asks for a result and a profile of it. */
    private void profiled() {
        sql("INSERT INTO write_setting (job_group_id, path, result_format, has_header, delim, has_quotes) VALUES ("
                + job + ", 's3://bucket/out/a.csv', 'csv', TRUE, ',', FALSE)");
        sql("INSERT INTO job (job_group_id, job_type, status, attempts, created_at, updated_at) VALUES (" + job
                + ", 'profile', 'Pending', 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");
    }

    private String ofProfile(String column) {
        return value(
                "SELECT " + column + " FROM job WHERE job_type = 'profile' AND job_group_id = " + job, String.class);
    }

    @Test
    void aProfileThatFailsIsAWarningAndTheResultsGoOn() {
        profiled();
        Node a = new Node("a:1", new Engine() {
            @Override
            public EngineResult run(EngineRun run) {
                return new EngineResult(List.of(run.source().folder().resolve(run.resultName())), 1, 1);
            }

            @Override
            public Profile profile(EngineSource source) {
                throw new ProblemException(Problem.VALIDATION_FAILED, "The profile needs more memory.");
            }
        });
        Run run = a.runs.prepare(a.claim());
        run.fetching().add(new DatasetFile(0, "k", 1, "e"), new EngineInput(data.resolve("k"), "k"));

        a.runs.execute(run);

        assertThat(run.isExecuted()).isTrue();
        assertThat(run.announcement().document()).contains("result-0.csv").contains("\"profile\":[]");
        assertThat(ofProfile("status")).isEqualTo("Failed");
        var group = new JobGroupTable(database())
                .group(identities.byMembership(1).orElseThrow(), job)
                .orElseThrow();
        assertThat(group.get("warning")).isEqualTo("No profile was made: The profile needs more memory.");
        assertThat(group.get("profilingEnabled")).isEqualTo(true);
        assertThat(group.get("status")).isEqualTo("InProgress");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunThatIsCanceledWhileTheEngineWorksIsBrokenOffAndLeavesNothing(boolean atItsProfile) throws Exception {
        profiled();
        var engine = new SlowEngine(atItsProfile);
        var working = engine.working;
        Node a = new Node("a:1", engine);
        RunTable.State claimed = a.claim();
        Run run = a.runs.prepare(claimed);
        run.fetching().add(new DatasetFile(0, "k", 1, "e"), new EngineInput(data.resolve("k"), "k"));
        var ended = CompletableFuture.supplyAsync(() -> {
            try {
                a.runs.execute(run);
                return null;
            } catch (ProblemException canceled) {
                FailedAttempt failed = a.runs.fail(claimed, run, canceled);
                return failed.over() && !Thread.currentThread().isInterrupted();
            }
        });
        assertThat(working.await(20, TimeUnit.SECONDS)).as(ended.toString()).isTrue();

        assertThat(a.publications.cancelUndecided(job, "Canceled by somebody")).isTrue();
        a.claims.renew();

        assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(status()).isEqualTo("Canceled");
        assertThat(ofProfile("status")).isEqualTo("Canceled");
        assertThat(data.resolve("a:1").resolve("jobs")).isEmptyDirectory();
        assertThat(a.claim()).isNull();
        clock.pass(Duration.ofMinutes(20));
        assertThat(a.due()).isEmpty();
    }

    /** A file of which nothing comes, until it is closed. */
    private static final class StalledFile extends ObjectStream {
        private final CountDownLatch reading = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public ObjectInfo object() {
            return MemoryStore.object("k");
        }

        @Override
        public int read() throws IOException {
            reading.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            throw new IOException("The stream is closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void aRunThatIsCanceledWhileFilesAreFetchedEndsThemAllAndLeavesNothing() throws Exception {
        Node a = new Node("a:1");
        RunTable.State claimed = a.claim();
        Run run = a.runs.prepare(claimed);
        var first = new DatasetFile(0, "k", 1, "e");
        var second = new DatasetFile(1, "l", 1, "e");
        var stalled = new StalledFile();
        var ended = CompletableFuture.runAsync(() -> {
            try {
                a.runs.keep(run, first, stalled);
            } catch (IOException brokenOff) {
                a.runs.failed(run, first, brokenOff);
            }
        });
        assertThat(stalled.reading.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(a.publications.cancelUndecided(job, "Canceled by somebody")).isTrue();
        assertThatThrownBy(() -> a.runs.place(run, second))
                .isInstanceOf(ProblemException.class)
                .satisfies(lost -> a.runs.failed(run, second, lost));

        ended.get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> a.runs.gather(run))
                .hasMessageContaining("it was canceled")
                .satisfies(lost ->
                        assertThat(a.runs.fail(claimed, run, lost).over()).isTrue());
        assertThat(status()).isEqualTo("Canceled");
        assertThat(data.resolve("a:1").resolve("jobs")).isEmptyDirectory();
    }

    @Test
    void aRunThatIsCanceledBeforeItBeginsNeverDoes() {
        Node a = new Node("a:1");

        assertThat(a.publications.cancelUndecided(job, "Canceled by somebody")).isTrue();

        assertThat(a.run()).isFalse();
        assertThat(a.publications.cancelUndecided(job, "again")).isFalse();
        assertThat(status()).isEqualTo("Canceled");
    }

    private void aJobWhosePathVaries() {
        sql("UPDATE imported_dataset SET parameters = '{\"dynamicPath\":\"/in/\",\"runParameters\":[{\"type\":\"path\","
                + "\"insertionIndices\":[{\"index\":4}],\"value\":{\"pattern\":{\"wildcard\":{}}}}]}'"
                + " WHERE id = (SELECT dataset_id FROM job_group WHERE id = " + job + ")");
        sql("UPDATE job_group SET manifest_id = NULL, run_parameters = '{\"referenceDate\":\"2025-01-01T00:00:00Z\"}'"
                + " WHERE id = " + job);
    }

    @Test
    void filesThatARunHasFoundAreReadByEveryAttempt() {
        aJobWhosePathVaries();
        store.with("in/a.csv", "in/b.csv");
        Node a = new Node("a:1");
        RunTable.State claimed = a.claim();
        Run first = a.runs.prepare(claimed);
        assertThat(a.find(first)).containsExactly("in/a.csv", "in/b.csv");
        a.runs.fail(claimed, first, new StoreException(StoreException.Kind.UNAVAILABLE, "not now"));
        store.with("in/c.csv");

        Node b = new Node("b:1");
        assertThat(b.find(b.runs.prepare(b.claim()))).containsExactly("in/a.csv", "in/b.csv");
    }

    @Test
    void ofAnAttemptThatDidNotFindAllFilesNothingStays() {
        aJobWhosePathVaries();
        store.with("in/a.csv");
        long before = value("SELECT COUNT(*) FROM manifest", Long.class);
        Node a = new Node("a:1");
        RunTable.State claimed = a.claim();
        Run run = a.runs.prepare(claimed);
        a.runs.match(run, a.runs.matches(run).place().walk(Order.BY_KEY).toList());

        a.runs.fail(claimed, run, new StoreException(StoreException.Kind.UNAVAILABLE, "not now"));

        assertThat(value("SELECT COUNT(*) FROM manifest", Long.class)).isEqualTo(before);
        store.with("in/b.csv");
        assertThat(a.find(a.runs.prepare(a.claim()))).containsExactly("in/a.csv", "in/b.csv");
    }

    @Test
    void aRunThatWasTakenOverReadsWhatTheOtherProcessHasFound() {
        aJobWhosePathVaries();
        store.with("in/a.csv");
        Node a = new Node("a:1");
        Run late = a.runs.prepare(a.claim());
        a.runs.match(late, a.runs.matches(late).place().walk(Order.BY_KEY).toList());
        clock.pass(Duration.ofMinutes(3));
        Node b = new Node("b:1");
        store.with("in/b.csv");
        Run next = b.runs.prepare(b.claim());
        assertThat(b.find(next)).containsExactly("in/a.csv", "in/b.csv");

        assertThatThrownBy(() -> a.runs.matched(late)).hasMessageContaining("taken over by another process");
        assertThat(b.find(next)).containsExactly("in/a.csv", "in/b.csv");
    }

    @Test
    void aLongRunThatShowsThatItLivesIsLeftToItsProcess() {
        Node a = new Node("a:1");
        Node b = new Node("b:1");
        Run run = a.runs.prepare(a.claim());
        for (int minute = 0; minute < 60; minute++) {
            clock.pass(Duration.ofMinutes(1));
            a.jobs.renew();
            assertThat(b.due()).isEmpty();
            assertThat(b.claim()).isNull();
        }

        a.runs.execute(run);

        assertThat(run.isExecuted()).isTrue();
    }

    /** A file on which the process ends would else end each process that takes the run over; brokers forget. */
    @Test
    void aRunThatEndsTheProcessEachTimeHasFailedInTheEnd() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            assertThat(new Node("n" + attempt + ":1").claim()).isNotNull();
            clock.pass(Duration.ofMinutes(3));
            assertThat(new Node("sweeper:1").due()).hasSize(1);
        }

        assertThat(new Node("last:1").run()).isFalse();

        assertThat(status()).isEqualTo("Failed");
        assertThat(value("SELECT failure FROM job_group WHERE id = " + job, String.class))
                .contains("begun 3 times");
        assertThat(new Node("sweeper:1").due()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsAFailedAttemptAndTheNextOneDoesTheRun() throws IOException {
        Node a = new Node("a:1");
        Path folder = data.resolve("a:1").resolve("jobs");
        Files.createDirectories(folder.getParent());
        Files.createFile(folder);
        assertThatThrownBy(a::run).isInstanceOf(AttemptFailedException.class).hasMessageContaining("cannot be made");

        Files.delete(folder);

        assertThat(a.run()).isTrue();
    }

    @Test
    void aFolderThatCanNeverBeMadeFailsTheJobAndTheMessageIsDoneWith() throws IOException {
        Node a = new Node("a:1");
        Files.createDirectories(data.resolve("a:1"));
        Files.createFile(data.resolve("a:1").resolve("jobs"));
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            assertThatThrownBy(a::run).hasMessageContaining("cannot be made");
        }

        assertThat(a.run()).isFalse();
        assertThat(status()).isEqualTo("Failed");
        assertThat(a.run()).isFalse();
    }

    /** Its messages become dead letters while the registry is away, and no attempt can be recorded as failed. */
    @Test
    void aRunWhoseFailureCouldNotBeRecordedGoesOnByItself() {
        Node a = new Node("a:1");
        RunTable.State claimed = a.claim();
        a.claims.end(claimed.jobId());
        clock.pass(Duration.ofMinutes(3));

        assertThat(a.due()).singleElement().matches(RunsContract::isRun);

        assertThat(a.run()).isTrue();
    }

    @Test
    void aMessageThatWasNotSentIsSentWithinSecondsByOneNode() {
        Node a = new Node("a:1");
        Node b = new Node("b:1");
        assertThat(a.due()).isEmpty();
        clock.pass(Duration.ofSeconds(6));

        assertThat(a.due()).hasSize(1);
        assertThat(b.due()).isEmpty();
    }

    @Test
    void aMessageThatCouldNotBeSentIsSentWithinSecondsByAnyNode() {
        Node a = new Node("a:1");
        Node b = new Node("b:1");
        sql("UPDATE job SET status = 'Canceled' WHERE job_group_id <> " + job); // another one would be tried first
        clock.pass(Duration.ofSeconds(6));
        routes.queues().fail(new IllegalStateException("the queue is away"));
        assertThat(a.due()).isEmpty();
        routes.queues().fail(null);
        assertThat(b.due()).isEmpty(); // another one may be about to send it

        clock.pass(Duration.ofSeconds(6));

        assertThat(b.due()).hasSize(1);
    }

    @Test
    void aMessageThatWasSentAndLostIsSentAgainAfterTenMinutes() {
        Node a = new Node("a:1");
        assertThat(routes.send(a.jobs, DueMessage.ofRun(job))).matches(RunsContract::isRun);
        clock.pass(Duration.ofMinutes(9));
        assertThat(a.due()).isEmpty();

        clock.pass(Duration.ofMinutes(2));

        assertThat(a.due()).hasSize(1);
    }

    @Test
    void resultsThatWereNotAnnouncedAreWhenTheMessageComesAgain() {
        Node a = new Node("a:1");
        Run done = a.complete();
        routes.send(a.jobs, done.announcement());

        assertThat(a.run()).isFalse();

        assertThat(a.due()).singleElement().matches(sent -> !isRun(sent) && "a".equals(node(sent)));
    }

    @Test
    void resultsOfADeadNodeAreMadeAgainElsewhereAndTheNodeFindsOutWhenItComesBack() {
        Node a = new Node("a:1");
        Run done = a.complete();
        routes.send(a.jobs, done.announcement());
        Node b = new Node("b:1");
        assertThat(b.takesThePublication()).isFalse();
        clock.pass(Duration.ofSeconds(110));
        b.jobs.renew();
        assertThat(b.due()).isEmpty();
        clock.pass(Duration.ofSeconds(20));
        b.jobs.renew();

        assertThat(b.due()).singleElement().matches(RunsContract::isRun);
        Node back = new Node("a:2");
        assertThat(back.takesThePublication()).isFalse(); // its message waited for it
        assertThat(b.run()).isTrue();
        assertThat(back.takesThePublication()).isFalse();

        assertThat(b.takesThePublication()).isTrue();
        assertThat(back.publications.needsFolder(job)).isFalse();
        assertThat(b.publications.needsFolder(job)).isTrue();
    }

    @Test
    void aLiveNodeKeepsItsResultsHoweverLongTheyWait() {
        Node a = new Node("a:1");
        a.run();
        Node b = new Node("b:1");
        for (int minute = 0; minute < 60; minute++) {
            clock.pass(Duration.ofMinutes(1));
            a.jobs.renew();
            assertThat(b.due()).allMatch(sent -> "a".equals(node(sent)));
        }
    }

    @Test
    void resultsOfADeadNodeThatAreAllInTheStoreAreFinishedByAnyNode() {
        Node a = new Node("a:1");
        a.run();
        assertThat(a.takesThePublication()).isTrue();
        sql("INSERT INTO result_file (job_group_id, file_no, source_uri, bucket, object_key, state, listed)"
                + " VALUES (" + job + ", 1, 'file:///a/1', 'b', 'k1', 'staged', FALSE),"
                + " (" + job + ", 2, 'file:///a/2', 'b', 'k2', 'published', FALSE)");
        Node b = new Node("b:1");
        clock.pass(Duration.ofSeconds(130));
        b.jobs.renew();

        assertThat(b.due()).singleElement().matches(sent -> !isRun(sent) && node(sent) == null);
        assertThat(b.takesThePublication()).isTrue();
    }
}
