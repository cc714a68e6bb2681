package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.login.Identities;
import dev.wharf.jobs.AttemptFailedException;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.JobCounts;
import dev.wharf.jobs.JobRoutes;
import dev.wharf.jobs.Jobs;
import dev.wharf.jobs.Publication;
import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Sql;
import dev.wharf.publishing.PublishJob.Result;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.storage.JdbcUploadLedger;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.Content;
import dev.wharf.store.CopySource;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.Stageable;
import dev.wharf.store.StagedObject;
import dev.wharf.testing.Databases;
import dev.wharf.testing.HandOperated;
import dev.wharf.testing.SettableClock;
import dev.wharf.testing.stub.StoredObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The steps of jobs without their route, so that a process can end between any two of them: a {@link Publishing} that
 * is thrown away and another one on the same registry is a process that was killed and its successor.
 */
final class Processes implements AutoCloseable {
    /** How many files each job writes. */
    static final int FILES = 2;

    final FragileStore store;
    final SettableClock clock = new SettableClock();

    private final StoredObjects server;
    private final Path results;
    private final Database database;
    private final Identities identities;
    private final SdkObjectStores stores;
    private JobRoutes routes;
    private final Map<Publishing, Jobs> jobs = new IdentityHashMap<>();
    private final String folder = UUID.randomUUID() + "/";

    /**
     * @param databaseUrl an empty database
     * @param results where local results lie
     */
    Processes(StoredObjects server, Path results, String databaseUrl, String user) {
        this.server = server;
        this.results = results;
        this.database = Databases.open(new Settings.Registry(databaseUrl, user, new Secret("")), null);
        this.identities = new Identities(database, clock);
        this.stores = new SdkObjectStores(
                new JdbcUploadLedger(database.dataSource(), database.shared(), "node:boot", clock),
                StoreSettings.defaults());
        this.store = new FragileStore(stores.open(server.access()));
        identities.bootstrap();
    }

    @Override
    public void close() {
        if (routes != null) {
            routes.close();
        }
        stores.close();
        database.close();
    }

    /** Counts the operations and lets something happen before or after one of them. */
    static final class FragileStore implements StoreDirectory {
        private final ObjectStore real;
        private int calls;
        private int fatalCall;
        private boolean before;
        private boolean forEver;
        private Throwable fate;
        private RuntimeException unlisted;

        FragileStore(ObjectStore real) {
            this.real = real;
        }

        void fail(int call, boolean beforeIt, boolean everAfter, Throwable how) {
            calls = 0;
            fatalCall = call;
            before = beforeIt;
            forEver = everAfter;
            fate = how;
        }

        /** Fails all listings. */
        void failListings(RuntimeException how) {
            unlisted = how;
        }

        /** Since the last {@link #fail} or {@link #heal}. */
        int calls() {
            return calls;
        }

        ObjectStore real() {
            return real;
        }

        void heal() {
            fail(0, false, false, null);
            unlisted = null;
        }

        @Override
        public ObjectStore sources(Caller caller, Long connectionId) {
            return store(caller, connectionId);
        }

        @Override
        public ObjectStore store(Caller caller, Long connectionId) {
            return (ObjectStore) Proxy.newProxyInstance(
                    ObjectStore.class.getClassLoader(),
                    new Class<?>[] {ObjectStore.class},
                    (proxy, method, arguments) -> {
                        calls++;
                        if (unlisted != null && method.getName().equals("walk")) {
                            throw unlisted;
                        }
                        boolean fatal = fatalCall > 0 && (forEver ? calls >= fatalCall : calls == fatalCall);
                        if (fatal && before) {
                            throw fate;
                        }
                        try {
                            Object result = method.invoke(real, arguments);
                            if (fatal) {
                                throw fate;
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Optional<String> defaultBucket(Caller caller, Long connectionId) {
            return Optional.empty();
        }

        @Override
        public Optional<ObjectStore> ownStore(Long connectionId, String bucket) {
            return Optional.of(real);
        }
    }

    Publishing process(String processId) {
        return process(processId, "vm://0");
    }

    /** One with a queue that others read as well. */
    Publishing sharing(String processId) {
        return process(processId, "tcp://broker:61616");
    }

    private Publishing process(String processId, String brokerUrl) {
        var claims = new Claims(database, ProcessId.of(processId), clock);
        var process = new Publishing(
                Settings.of(Map.of(
                        "wharf.broker.url",
                        brokerUrl,
                        "wharf.publishing.consistency-timeout",
                        "100ms",
                        "wharf.publishing.attempts",
                        "3",
                        "wharf.publishing.results-dir",
                        results.toString())),
                results.resolve("data"),
                database,
                identities,
                store,
                claims,
                new AuditTrail(database, clock),
                Runnable::run); // one after the other, so that the operations of the store can be counted
        jobs.put(process, new Jobs(database, claims, new JobCounts(database)));
        return process;
    }

    /** What the same process does from time to time. */
    Jobs jobs(Publishing process) {
        return jobs.get(process);
    }

    /** What it sends when it looks for what is due. */
    List<HandOperated.Sent> due(Publishing process) {
        if (routes == null) {
            routes = new JobRoutes();
            routes.on(database);
        }
        return routes.due(jobs(process));
    }

    /** The person for whom all is done. */
    Caller caller() {
        return identities.byMembership(1).orElseThrow();
    }

    /** A file that is copied inside the store and one from the disk, to two folders. */
    PublishJob message(String announcedAs) {
        server.put("bucket", folder + "tmp/a", bytes("content a"));
        Path local = results.resolve(UUID.randomUUID().toString());
        try {
            Files.writeString(local, "content c");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PublishJob(
                null,
                announcedAs,
                1L,
                "job",
                "spark",
                List.of(
                        result(announcedAs + "/orders.csv", "s3://bucket/" + folder + "tmp/a"),
                        result(announcedAs + "/other/c.csv", local.toUri().toString())),
                null);
    }

    /** So many files that are copied inside the store, to a folder each. */
    PublishJob messageOf(String announcedAs, int files) {
        server.put("bucket", folder + "tmp/a", bytes("content a"));
        return new PublishJob(
                null,
                announcedAs,
                1L,
                "job",
                "spark",
                IntStream.rangeClosed(1, files)
                        .mapToObj(number ->
                                result(announcedAs + "/" + number + ".csv", "s3://bucket/" + folder + "tmp/a"))
                        .toList(),
                null);
    }

    private Result result(String path, String source) {
        return new Result("s3://bucket/" + folder + path, "create", "csv", "none", null, List.of(source));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What {@code publishing.camel.yaml} does with a message, in its order.
     *
     * @param delivery at least the so manieth attempt
     */
    void deliver(Publishing process, PublishJob message, int delivery) {
        Publication job = process.claim(message);
        if (job == null) {
            return;
        }
        try {
            process.plan(job, message);
            stage(process, job);
            process.commit(job);
            process.writeManifests(job);
            process.finish(job, process.awaitListing(job));
        } catch (RuntimeException e) {
            FailedAttempt failed = process.giveUp(attempt(job, Math.max(delivery, job.attempts())), e);
            if (!failed.over()) {
                throw new AttemptFailedException(failed.reason());
            }
        }
    }

    /** Stages what is pending. */
    void stage(Publishing process, Publication job) {
        Staging staging = process.staging(job);
        pending(job).forEach(file -> stage(process, staging, file));
    }

    List<PendingFile> pending(Publication job) {
        String pending = Sql.of("publishing/pending").replace(":#${variable.job.jobGroupId}", ":jobGroup");
        return JdbcClient.create(database.dataSource())
                .sql(pending)
                .param("jobGroup", job.jobGroupId())
                .query(PendingFile.class)
                .list();
    }

    /** What {@code direct:stageFile} does; false if there was nothing to do. */
    static boolean stage(Publishing process, Staging staging, PendingFile file) {
        Destination to = process.destination(staging, file);
        if (to == null) {
            return false;
        }
        process.staged(staging, to, stage(to.place(), process.source(staging, to)));
        return true;
    }

    static StagedObject stage(Place to, Stageable source) {
        if (source instanceof CopySource copy) {
            return to.store().stageCopy(copy, to.bucket(), to.key());
        }
        var content = (Content) source;
        try (var in = content.stream()) {
            return to.store().stage(to.bucket(), to.key(), in, content.length(), content.type());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Publication attempt(Publication job, int attempts) {
        return new Publication(
                job.jobId(),
                job.jobGroupId(),
                job.uuid(),
                job.membershipId(),
                job.name(),
                job.execution(),
                job.announced(),
                attempts,
                job.committedAt());
    }

    List<String> written(String announcedAs) {
        String place = folder + announcedAs + "/";
        return server.keys("bucket").stream()
                .filter(key -> key.startsWith(place))
                .map(key -> key.substring(place.length()))
                .toList();
    }

    long id(String announcedAs) {
        return value("SELECT id FROM job_group WHERE announced_as = '" + announcedAs + "'", Long.class);
    }

    String failure(String announcedAs) {
        return value("SELECT failure FROM job_group WHERE announced_as = '" + announcedAs + "'", String.class);
    }

    /** Whether the job has failed after the decision to publish. */
    boolean isHalfPublished(String announcedAs) {
        return value(
                        "SELECT COUNT(*) FROM job j JOIN job_group g ON g.id = j.job_group_id WHERE j.status = 'Failed'"
                                + " AND j.committed_at IS NOT NULL AND g.announced_as = '" + announcedAs + "'",
                        Long.class)
                > 0;
    }

    /** The status of a job that there may not be yet. */
    String status(String announcedAs, String none) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT status FROM job_group WHERE announced_as = '" + announcedAs + "'")
                .query(String.class)
                .optional()
                .orElse(none);
    }

    String status(String announcedAs) {
        return value("SELECT status FROM job_group WHERE announced_as = '" + announcedAs + "'", String.class);
    }

    <T> T value(String sql, Class<T> type) {
        return JdbcClient.create(database.dataSource()).sql(sql).query(type).single();
    }

    void assertPublishedOnce(String announcedAs) {
        long id = value("SELECT id FROM job_group WHERE announced_as = '" + announcedAs + "'", Long.class);
        assertThat(status(announcedAs)).isEqualTo("Complete");
        assertThat(value("SELECT COUNT(*) FROM job_group WHERE warning IS NOT NULL AND id = " + id, Long.class))
                .isZero();
        assertThat(written(announcedAs))
                .containsExactlyInAnyOrder(
                        "orders_" + id + "/_SUCCESS",
                        "orders_" + id + "/orders.csv",
                        "other/c_" + id + "/_SUCCESS",
                        "other/c_" + id + "/c.csv");
        assertThat(server.get("bucket", folder + announcedAs + "/other/c_" + id + "/c.csv"))
                .isEqualTo(bytes("content c"));
        assertNothingIncomplete();
    }

    void assertNothingIncomplete() {
        assertThat(server.uploads("bucket")).noneMatch(key -> key.startsWith(folder));
        await().untilAsserted(() -> assertThat(value("SELECT COUNT(*) FROM multipart_upload", Long.class))
                .isZero());
    }

    /** A folder with the marker in it is whole. */
    void assertMarkerIsLast(String announcedAs) {
        List<String> keys = written(announcedAs);
        if (keys.stream().anyMatch(key -> key.endsWith("_SUCCESS"))) {
            assertThat(keys).filteredOn(key -> !key.endsWith("_SUCCESS")).hasSize(FILES);
        }
    }

    /** The number of operations of an undisturbed job. */
    int undisturbed() {
        store.heal();
        deliver(process("node:boot"), message("undisturbed"), 1);
        assertPublishedOnce("undisturbed");
        return store.calls();
    }
}
