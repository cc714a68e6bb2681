package dev.wharf.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.identity.login.Identities;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Sql;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.Databases;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.SettableClock;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each dropped file becomes one upload, whatever fails and whoever else takes files from the same folder. */
class InboxUploadsTest {
    private static final String OWNER = "admin@localhost";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final Kept store = new Kept();
    private Database database;
    private Inbox inbox;
    private Path owner;

    /** Keeps what is written, and never one thing over another. */
    private static final class Kept extends MemoryStore {
        private final Map<String, String> objects = new ConcurrentHashMap<>();
        private volatile RuntimeException failure;
        private volatile Runnable meanwhile = () -> {};
        private volatile Predicate<String> cannotHold = key -> false;
        private int begun;

        @Override
        public ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String type) {
            if (failure != null) {
                throw failure;
            }
            requireHeld(key);
            meanwhile.run();
            String content = content(in);
            if (objects.putIfAbsent(key, content) != null) {
                throw new StoreException(Kind.EXISTS, key);
            }
            return stat(bucket, key);
        }

        private void requireHeld(String key) {
            if (cannotHold.test(key)) {
                throw new StoreException(Kind.UNAVAILABLE, key + ": the store answered 500 InternalError");
            }
        }

        @Override
        public StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String type) {
            if (failure != null) {
                throw failure;
            }
            requireHeld(key);
            assertThat(content(in)).hasSize((int) length.orElseThrow());
            begun++;
            return new StagedObject(bucket, key, "upload", List.of(), 0, "", null);
        }

        @Override
        public void abort(StagedObject staged) {
            begun--;
        }

        private static String content(InputStream in) {
            try {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ObjectInfo stat(String bucket, String key) {
            String content = objects.get(key);
            if (content == null) {
                throw new StoreException(Kind.NOT_FOUND, key);
            }
            return new ObjectInfo(key, content.length(), "e", Instant.EPOCH, "STANDARD", false, null);
        }
    }

    @BeforeEach
    void open() throws IOException {
        database = Databases.inMemory();
        new Identities(database, clock).bootstrap();
        inbox = Inbox.open(folder);
        owner = Files.createDirectory(inbox.path().resolve(OWNER));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private InboxUploads process(String id) {
        return new InboxUploads(
                inbox,
                new InboxWatch(inbox, Duration.ZERO, Duration.ofMillis(1)),
                new InboxTable(database, ProcessId.of(id), clock),
                new Uploads(database, store, new StorageFolders(database), 1_000, clock),
                new Identities(database, clock),
                store);
    }

    /** How far a process comes before it ends. */
    private enum Step {
        SET_ASIDE,
        CLAIMED,
        BEGUN,
        STORED,
        RECORDED,
        DONE
    }

    /** What {@code inbox.camel.yaml} does with a file, in its order, up to a step. */
    private void take(InboxUploads process, File found, Step last) throws IOException {
        DroppedFile dropped = process.setAside(found);
        if (dropped == null || last == Step.SET_ASIDE) {
            return;
        }
        InboxUploads.Claimed claimed = process.claim(dropped);
        if (claimed == null || last == Step.CLAIMED) {
            return;
        }
        Upload upload = null;
        try {
            if (!claimed.recorded()) {
                var caller = process.owner(claimed);
                upload = process.begin(caller, claimed);
                ObjectInfo stored = process.stored(claimed, upload);
                if (last == Step.BEGUN) {
                    return;
                }
                if (stored == null) {
                    stored = store.write(
                            upload.place().bucket(),
                            upload.place().key(),
                            upload.content().stream(),
                            upload.content().length(),
                            null);
                }
                if (last == Step.STORED) {
                    return;
                }
                record(upload, stored);
                if (last == Step.RECORDED) {
                    return;
                }
            }
            process.done(claimed, upload);
        } catch (RuntimeException e) {
            process.giveUp(claimed, upload, e);
        }
    }

    private void record(Upload upload, ObjectInfo stored) {
        JdbcClient.create(database.dataSource())
                .sql(Sql.of("uploads/insert").replaceAll(":#\\$\\{variable\\.[^}]*}", "?"))
                .params(
                        upload.uuid(),
                        1,
                        1,
                        upload.place().bucket(),
                        upload.place().key(),
                        upload.name(),
                        stored.size(),
                        upload.begun())
                .update();
    }

    private List<File> waiting() throws IOException {
        var watch = new InboxWatch(inbox, Duration.ZERO, Duration.ZERO);
        try (var files = Files.walk(inbox.path(), 4)) {
            return files.filter(Files::isRegularFile)
                    .filter(watch::accepts)
                    .map(Path::toFile)
                    .toList();
        }
    }

    private void takeAll(InboxUploads process) throws IOException {
        for (File file : waiting()) {
            take(process, file, Step.DONE);
        }
    }

    private List<String> recorded() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT object_key FROM upload ORDER BY id")
                .query(String.class)
                .list();
    }

    private long claims() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT COUNT(*) FROM inbox_file")
                .query(Long.class)
                .single();
    }

    /** Apart from what says where the files went. */
    private List<String> left() throws IOException {
        try (var files = Files.walk(inbox.path())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> inbox.path().relativize(file).toString())
                    .filter(file -> !file.endsWith("uri.txt"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFileIsUploadedUnderItsOwnNameAndMovedAway() throws IOException {
        String name = "${sysenv.HOME} é%20+ {{x}}.csv";
        Files.writeString(owner.resolve(name), "a,b");

        takeAll(process("node:1"));

        assertThat(recorded())
                .singleElement()
                .asString()
                .startsWith("trifacta/uploads/1/1/")
                .endsWith("/" + name);
        assertThat(store.objects).containsOnly(Map.entry(recorded().get(0), "a,b"));
        assertThat(left()).containsExactly(OWNER + "/done/" + name);
        assertThat(owner.resolve("done/" + name + ".uri.txt"))
                .hasContent("s3://wharf/" + recorded().get(0) + "\n");
        assertThat(claims()).isZero();
    }

    @Test
    void ofAFileThatWasOnRecordBeforeItsAddressIsSaidAsWell() throws IOException {
        Path file = Files.writeString(owner.resolve("a.csv"), "a");
        take(process("node:old"), file.toFile(), Step.RECORDED);

        takeAll(process("node:new"));

        assertThat(owner.resolve("done/a.csv.uri.txt"))
                .hasContent("s3://wharf/" + recorded().get(0) + "\n");
    }

    @Test
    void aNameThatTheStoreCannotHoldEndsInFailedWithTheReasonWhileOthersAreTaken() throws IOException {
        store.cannotHold = key -> key.endsWith("/odd.csv");
        Files.writeString(owner.resolve("odd.csv"), "odd");
        var process = process("node:1");
        for (int attempt = 0; attempt < 5; attempt++) {
            takeAll(process);
            assertThat(left()).singleElement().asString().contains("/uploading/");
        }

        takeAll(process);

        assertThat(left()).contains(OWNER + "/failed/odd.csv");
        assertThat(owner.resolve("failed/odd.csv.reason.txt"))
                .content()
                .contains("refused it 6 times", "500 InternalError", "give the file a short one");
        assertThat(store.begun).isZero();
        assertThat(store.objects).isEmpty();
        assertThat(claims()).isZero();
    }

    @Test
    void anOutageOfTheStoreSendsNoFileToFailed() throws IOException {
        Files.writeString(owner.resolve("a.csv"), "a");
        var process = process("node:1");
        store.failure = new StoreException(Kind.UNAVAILABLE, "s3://wharf/x: the store does not answer");
        for (int attempt = 0; attempt < 24; attempt++) {
            takeAll(process);
        }
        assertThat(left()).singleElement().asString().contains("/uploading/");

        store.failure = null;
        store.cannotHold = key -> key.endsWith("/a.csv"); // once more, just after the outage
        takeAll(process);
        store.cannotHold = key -> false;
        takeAll(process);
        assertThat(left()).containsExactly(OWNER + "/done/a.csv");
    }

    @Test
    void aFileWhoseNameIsNoTextLiesInFailedWithTheReason() throws Exception {
        var made = new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'caf\\351.csv')\"")
                .directory(owner.toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        var watch = new InboxWatch(inbox, Duration.ZERO, Duration.ofMillis(1));

        assertThat(watch.accepts(owner.resolve("caf\ufffd.csv"))).isFalse();

        assertThat(owner.resolve("failed/caf\ufffd.csv.reason.txt")).content().contains("not UTF-8", "rename it");
        try (var files = Files.list(owner.resolve("failed"))) {
            assertThat(files).hasSize(2).anySatisfy(file -> assertThat(file).hasContent("x"));
        }
        try (var files = Files.list(owner.resolve("uploading"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void whereverAProcessEndsTheNextOneGoesOn() throws IOException {
        for (Step last : Step.values()) {
            String name = last + ".csv";
            Path file = Files.writeString(owner.resolve(name), last.name());
            take(process("node:old"), file.toFile(), last);
            takeAll(process("node:new"));

            assertThat(store.objects.values()).as("objects after %s", last).containsOnlyOnce(last.name());
            assertThat(recorded())
                    .as("records after %s", last)
                    .filteredOn(key -> key.endsWith("/" + name))
                    .hasSize(1);
            assertThat(left()).as("files after %s", last).contains(OWNER + "/done/" + name);
        }
        assertThat(waiting()).isEmpty();
        assertThat(claims()).isZero();
    }

    @Test
    void aNodeLeavesTheFilesOfAnotherAloneWhileThatLives() throws IOException {
        JdbcClient.create(database.dataSource())
                .sql("INSERT INTO node (id, seen_at) VALUES ('one', ?)")
                .param(java.sql.Timestamp.from(clock.instant()))
                .update();
        Path file = Files.writeString(owner.resolve("a.csv"), "a");
        take(process("one:1"), file.toFile(), Step.STORED);

        takeAll(process("two:1"));
        assertThat(recorded()).isEmpty();

        clock.pass(Duration.ofMinutes(3));
        takeAll(process("two:1"));
        assertThat(recorded()).hasSize(1);
        assertThat(store.objects).hasSize(1);
    }

    @Test
    void manyNodesOnOneFolderUploadEachFileOnce() throws Exception {
        for (int i = 0; i < 60; i++) {
            Files.writeString(owner.resolve(i + ".csv"), "content " + i);
        }
        for (String node : List.of("one", "two", "three")) {
            JdbcClient.create(database.dataSource())
                    .sql("INSERT INTO node (id, seen_at) VALUES (?, ?)")
                    .params(node, java.sql.Timestamp.from(clock.instant()))
                    .update();
        }
        List<File> found = waiting();
        var go = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(3);
        try {
            var ends = List.of("one:1", "two:1", "three:1").stream()
                    .map(this::process)
                    .map(process -> threads.submit(() -> {
                        go.await();
                        for (File file : found) {
                            take(process, file, Step.DONE);
                        }
                        takeAll(process); // also what the others have set aside and not claimed yet
                        return null;
                    }))
                    .toList();
            go.countDown();
            for (var end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        takeAll(process("one:2"));

        assertThat(store.objects.values())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 60).mapToObj(i -> "content " + i).toList());
        assertThat(recorded()).hasSize(60);
        assertThat(left()).hasSize(60).allMatch(file -> file.startsWith(OWNER + "/done/"));
        assertThat(claims()).isZero();
    }

    @Test
    void aNameThatWasThereBeforeIsAFileOfItsOwn() throws IOException {
        for (String content : List.of("one", "two")) {
            Files.writeString(owner.resolve("a.csv"), content);
            takeAll(process("node:1"));
        }

        assertThat(store.objects.values()).containsExactlyInAnyOrder("one", "two");
        assertThat(owner.resolve("done/a.csv")).hasContent("one");
        assertThat(left())
                .hasSize(2)
                .last()
                .asString()
                .matches(OWNER + "/done/[0-9a-f-]{36}/a.csv|" + OWNER + "/done/a.csv");
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsUploadedWhenItIsWhole() throws IOException {
        Path file = Files.writeString(owner.resolve("a.csv"), "a");
        store.meanwhile = () -> {
            try {
                Path aside = waiting().get(0).toPath();
                Files.writeString(aside, "all of it");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        take(process("node:1"), file.toFile(), Step.DONE);
        assertThat(store.objects).isEmpty();

        store.meanwhile = () -> {};
        takeAll(process("node:1")); // notices
        takeAll(process("node:1"));
        assertThat(store.objects.values()).containsExactly("all of it");
        assertThat(recorded()).hasSize(1);
        assertThat(claims()).isZero();
    }

    @Test
    void whileTheStoreTakesNothingFilesWait() throws IOException {
        Files.writeString(owner.resolve("a.csv"), "a");
        store.failure = new StoreException(Kind.UNAVAILABLE, "s3://wharf/x: the disk is full");
        takeAll(process("node:1"));
        takeAll(process("node:1"));
        assertThat(recorded()).isEmpty();
        assertThat(left()).singleElement().asString().contains("/uploading/");

        store.failure = null;
        takeAll(process("node:1"));
        assertThat(left()).containsExactly(OWNER + "/done/a.csv");
        assertThat(recorded()).hasSize(1);
    }

    @Test
    void whatCannotBeUploadedLiesInFailedWithTheReason() throws IOException {
        Files.createDirectory(inbox.path().resolve("nobody@example.com"));
        Files.writeString(inbox.path().resolve("nobody@example.com/a.csv"), "a");
        Files.writeString(inbox.path().resolve("b.csv"), "b");
        Files.writeString(owner.resolve("large.csv"), "x".repeat(1_001));
        String longName = "n".repeat(251) + ".csv";
        Files.writeString(owner.resolve(longName), "x".repeat(1_001));

        takeAll(process("node:1"));

        assertThat(inbox.path().resolve("nobody@example.com/failed/a.csv")).hasContent("a");
        assertThat(inbox.path().resolve("nobody@example.com/failed/a.csv.reason.txt"))
                .content()
                .startsWith("There is nobody here with the address nobody@example.com");
        assertThat(inbox.path().resolve("failed/b.csv.reason.txt"))
                .content()
                .contains("named with its owner's address");
        assertThat(owner.resolve("failed/large.csv.reason.txt")).content().contains("wharf.uploads.max-bytes");
        assertThat(left()).filteredOn(file -> file.endsWith("/" + longName)).hasSize(1);
        assertThat(left()).filteredOn(file -> file.endsWith("/reason.txt")).hasSize(1);
        assertThat(waiting()).isEmpty();
        assertThat(recorded()).isEmpty();
        assertThat(claims()).isZero();
    }

    @Test
    void aFolderMayBearAnAddressInAnyCase() throws IOException {
        Path folder = Files.createDirectory(inbox.path().resolve("Admin@LocalHost"));
        Files.writeString(folder.resolve("a.csv"), "a");

        takeAll(process("node:1"));

        assertThat(recorded()).hasSize(1);
        assertThat(folder.resolve("done/a.csv")).exists();
    }

    @Test
    void nothingIsReadOrMovedThroughALink() throws IOException {
        Path elsewhere = Files.createTempDirectory("elsewhere");
        Files.createDirectories(owner.resolve("uploading"));
        Path secret = Files.writeString(elsewhere.resolve("secret.csv"), "secret");
        Path link =
                owner.resolve("uploading").resolve(java.util.UUID.randomUUID().toString());
        Files.createSymbolicLink(link, elsewhere);

        take(process("node:1"), link.resolve("secret.csv").toFile(), Step.DONE);

        assertThat(store.objects).isEmpty();
        assertThat(secret).exists();

        Path file = Files.writeString(owner.resolve("a.csv"), "a");
        Files.createSymbolicLink(owner.resolve("done"), elsewhere);
        take(process("node:1"), file.toFile(), Step.DONE);
        assertThat(elsewhere.resolve("a.csv")).doesNotExist();
    }
}
