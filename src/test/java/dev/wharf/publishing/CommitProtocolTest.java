package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Identities;
import dev.wharf.kernel.Database;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Secret;
import dev.wharf.kernel.Settings;
import dev.wharf.publishing.PublishJob.Result;
import dev.wharf.s3.JdbcUploadLedger;
import dev.wharf.s3.ObjectStore;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.s3.StoreDirectory;
import dev.wharf.s3.StoreException;
import dev.wharf.s3.StoreSettings;
import dev.wharf.testing.S3Server;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The steps of a job without their route, so that a process can end between any two of them: a {@link Publishing} that
 * is thrown away and another one on the same registry is a process that was killed and its successor.
 */
class CommitProtocolTest {
    private static final S3Server STORE = S3Server.start("bucket");
    private static final int FILES = 3;

    @TempDir
    private static Path results;

    private final Database database = Database.open(
            new Settings.Registry("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc", "sa", new Secret("")),
            null);
    private final SettableClock clock = new SettableClock();
    private final Identities identities = new Identities(database, clock);
    private final SdkObjectStores stores = new SdkObjectStores(
            new JdbcUploadLedger(database.dataSource(), "node:boot", clock), StoreSettings.defaults());
    private final FragileStore store = new FragileStore(stores.open(STORE.access()));
    private final String folder = UUID.randomUUID() + "/";

    @BeforeEach
    void bootstrap() {
        identities.bootstrap();
    }

    @AfterEach
    void closeAll() {
        stores.close();
        database.close();
    }

    @AfterAll
    static void stop() {
        STORE.close();
    }

    /** The process ends here and now. */
    private static final class Killed extends Error {}

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    /** Counts the operations and lets something happen before or after one of them. */
    private static final class FragileStore implements StoreDirectory {
        private final ObjectStore real;
        private int calls;
        private int fatalCall;
        private boolean before;
        private boolean forEver;
        private Throwable fate;

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

        void heal() {
            fail(0, false, false, null);
        }

        @Override
        public ObjectStore store(Caller caller, Long connectionId) {
            return (ObjectStore) Proxy.newProxyInstance(
                    ObjectStore.class.getClassLoader(),
                    new Class<?>[] {ObjectStore.class},
                    (proxy, method, arguments) -> {
                        calls++;
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
        public Optional<ObjectStore> ownStore(Long connectionId) {
            return Optional.of(real);
        }
    }

    private Publishing process(String processId) {
        return new Publishing(
                Settings.of(Map.of(
                        "wharf.publishing.consistency-timeout", "100ms",
                        "wharf.publishing.attempts", "3",
                        "wharf.publishing.results-dir", results.toString())),
                results.resolve("data"),
                database,
                identities,
                store,
                processId,
                clock);
    }

    /** Two files that are copied inside the store, in one folder, and one from the disk, in another. */
    private PublishJob message(String announcedAs) {
        STORE.put("bucket", folder + "tmp/a", bytes("content a"));
        STORE.put("bucket", folder + "tmp/b", bytes("content b"));
        Path local = results.resolve(UUID.randomUUID().toString());
        try {
            Files.writeString(local, "content c");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new PublishJob(
                null,
                announcedAs,
                1L,
                "job",
                "spark",
                List.of(
                        result(announcedAs + "/orders.csv", "csv", "s3://bucket/" + folder + "tmp/a"),
                        result(announcedAs + "/orders.json", "json", "s3://bucket/" + folder + "tmp/b"),
                        result(
                                announcedAs + "/other/c.csv",
                                "csv",
                                local.toUri().toString())));
    }

    private Result result(String path, String format, String source) {
        return new Result("s3://bucket/" + folder + path, "create", format, "none", List.of(source));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What {@code publishing.camel.yaml} does with a message, in its order. */
    private static void deliver(Publishing process, PublishJob message, int delivery) {
        Publication job = process.claim(message);
        if (job == null) {
            return;
        }
        try {
            process.plan(job, message);
            process.pending(job).forEach(file -> process.stage(job, file));
            process.commit(job);
            process.writeManifests(job);
            process.finish(job, process.awaitListing(job));
        } catch (RuntimeException e) {
            process.giveUp(job, e, delivery);
        }
    }

    private List<String> written(String announcedAs) {
        String place = folder + announcedAs + "/";
        return STORE.keys("bucket").stream()
                .filter(key -> key.startsWith(place))
                .map(key -> key.substring(place.length()))
                .toList();
    }

    private String status(String announcedAs) {
        return value("SELECT status FROM job_group WHERE announced_as = '" + announcedAs + "'", String.class);
    }

    private <T> T value(String sql, Class<T> type) {
        return org.springframework.jdbc.core.simple.JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(type)
                .single();
    }

    private void assertPublishedOnce(String announcedAs) {
        long id = value("SELECT id FROM job_group WHERE announced_as = '" + announcedAs + "'", Long.class);
        assertThat(status(announcedAs)).isEqualTo("Complete");
        assertThat(written(announcedAs))
                .containsExactlyInAnyOrder(
                        "orders_" + id + "/_SUCCESS",
                        "orders_" + id + "/orders.csv",
                        "orders_" + id + "/orders.json",
                        "other/c_" + id + "/_SUCCESS",
                        "other/c_" + id + "/c.csv");
        assertThat(STORE.get("bucket", folder + announcedAs + "/other/c_" + id + "/c.csv"))
                .isEqualTo(bytes("content c"));
        assertNothingIncomplete();
    }

    private void assertNothingIncomplete() {
        assertThat(STORE.uploads("bucket")).noneMatch(key -> key.startsWith(folder));
        assertThat(value("SELECT COUNT(*) FROM multipart_upload", Long.class)).isZero();
    }

    /** The number of operations of an undisturbed job. */
    private int undisturbed() {
        store.heal();
        deliver(process("node:boot"), message("undisturbed"), 1);
        assertPublishedOnce("undisturbed");
        return store.calls;
    }

    @Test
    void aProcessThatIsKilledAtAnyPointLeavesAJobThatItsSuccessorFinishesOnce() {
        int calls = undisturbed();
        for (int call = 1; call <= calls; call++) {
            for (boolean before : new boolean[] {true, false}) {
                String announcedAs = "killed " + (before ? "before " : "after ") + call;
                PublishJob message = message(announcedAs);
                store.fail(call, before, false, new Killed());
                assertThatThrownBy(() -> deliver(process("node:" + announcedAs), message, 1))
                        .isInstanceOf(Killed.class);
                assertMarkerIsLast(announcedAs);

                store.heal();
                deliver(process("node:next"), message, 2);

                assertPublishedOnce(announcedAs);
            }
        }
    }

    /** A folder with the marker in it is whole. */
    private void assertMarkerIsLast(String announcedAs) {
        List<String> keys = written(announcedAs);
        if (keys.stream().anyMatch(key -> key.endsWith("_SUCCESS"))) {
            assertThat(keys).filteredOn(key -> !key.endsWith("_SUCCESS")).hasSize(FILES);
        }
    }

    @Test
    void aFailureAtAnyPointThatPassesEndsInOnePublication() {
        int calls = undisturbed();
        for (int call = 1; call <= calls; call++) {
            String announcedAs = "unavailable " + call;
            Publishing process = process("node:boot");
            PublishJob message = message(announcedAs);
            store.fail(call, true, false, new StoreException(StoreException.Kind.UNAVAILABLE, "not now"));
            try {
                deliver(process, message, 1);
            } catch (ProblemException e) {
                assertThat(status(announcedAs)).isEqualTo("InProgress");
            }

            store.heal();
            deliver(process, message, 2);

            assertPublishedOnce(announcedAs);
        }
    }

    @Test
    void aFailureAtAnyPointThatStaysLeavesAllOrNothing() {
        int calls = undisturbed();
        for (int call = 1; call <= calls; call++) {
            String announcedAs = "broken " + call;
            Publishing process = process("node:boot");
            PublishJob message = message(announcedAs);
            store.fail(call, true, true, new StoreException(StoreException.Kind.UNAVAILABLE, "never again"));
            try {
                deliver(process, message, 3);
            } catch (ProblemException e) {
                assertThat(e).hasMessage("never again");
            }
            assertMarkerIsLast(announcedAs);

            store.heal();
            process.tidy();
            if (status(announcedAs).equals("Failed")) {
                assertThat(written(announcedAs)).isEmpty();
                assertThat(value("SELECT COUNT(*) FROM result_file WHERE state <> 'published'", Long.class))
                        .isZero();
                assertNothingIncomplete();
                assertThatThrownBy(() -> deliver(process, message, 3)).hasMessage("never again");
            } else {
                deliver(process, message, 1);
                process.recheckListings();
                assertPublishedOnce(announcedAs);
            }
        }
    }

    @Test
    void aStagedUploadThatSomebodyAbortedIsSentAgain() {
        Publishing process = process("node:boot");
        PublishJob message = message("aborted");
        Publication job = process.claim(message);
        process.plan(job, message);
        process.pending(job).forEach(file -> process.stage(job, file));
        STORE.uploads("bucket").forEach(key -> store.real.abortAll("bucket", key));

        assertThatThrownBy(() -> process.commit(job)).hasMessageContaining("sent again");
        assertThatThrownBy(() -> process.giveUp(job, new StoreException(StoreException.Kind.UNAVAILABLE, "x"), 1))
                .hasMessage("x");
        for (int delivery = 2; status("aborted").equals("InProgress"); delivery++) {
            try {
                deliver(process, message, Math.min(delivery, 2));
            } catch (ProblemException e) {
                assertThat(e).hasMessageContaining("sent again");
            }
        }

        assertPublishedOnce("aborted");
    }

    @Test
    void ofTwoProcessesWithTheSameMessageOneWorks() {
        Publishing one = process("one:boot");
        Publishing other = process("other:boot");
        PublishJob message = message("twice");

        Publication job = one.claim(message);

        assertThat(other.claim(message)).isNull();
        assertThat(one.claim(message)).isNull();
        one.plan(job, message);
        one.pending(job).forEach(file -> one.stage(job, file));
        one.commit(job);
        one.writeManifests(job);
        one.finish(job, one.awaitListing(job));
        assertThat(other.claim(message)).isNull();
        assertPublishedOnce("twice");
    }

    @Test
    void anotherNodeTakesAJobOverWhenItsProcessNoLongerShowsThatItLives() {
        Publishing one = process("one:boot");
        Publishing other = process("other:boot");
        PublishJob message = message("overtaken");
        Publication job = one.claim(message);
        one.plan(job, message);

        clock.now = clock.now.plus(Duration.ofSeconds(100));
        one.renewClaims();
        clock.now = clock.now.plus(Duration.ofSeconds(100));
        assertThat(other.claim(message)).isNull();
        assertThat(other.due()).isEmpty();

        clock.now = clock.now.plus(Duration.ofSeconds(100));
        assertThat(other.due()).hasSize(1);
        assertThat(one.due()).isEmpty();
        deliver(other, message, 1);

        assertPublishedOnce("overtaken");
        assertThatThrownBy(() -> one.stage(job, null)).hasMessageContaining("taken over");
        assertThatThrownBy(() -> one.giveUp(job, new IllegalStateException("late"), 3))
                .isInstanceOf(RuntimeException.class);
        assertPublishedOnce("overtaken");
    }
}
