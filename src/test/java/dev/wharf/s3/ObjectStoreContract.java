package dev.wharf.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.network.EndpointRules;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.s3.wire.Crc32c;
import dev.wharf.s3.wire.Md5;
import dev.wharf.store.CopySource;
import dev.wharf.store.Credentials;
import dev.wharf.store.FolderPage;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Encryption;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link ObjectStore} promises, for every store. Each test works below a prefix of its own, so that a store may be
 * shared and need not be empty.
 */
public abstract class ObjectStoreContract {
    public static final int MIB = 1 << 20;
    /** For servers of tests, to which connections lead. */
    public static final EndpointRules LOOPBACK = new EndpointRules(List.of("127.0.0.0/8"));

    public static final StoreSettings SETTINGS = new StoreSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            5,
            Duration.ofMillis(5),
            50,
            64L * MIB,
            Duration.ofMinutes(1));

    final MemoryLedger ledger = new MemoryLedger();
    final SdkObjectStores stores = new SdkObjectStores(ledger, SETTINGS);
    public final String prefix = "contract/" + UUID.randomUUID() + "/";
    public ObjectStore store;

    /** The store's address and a key pair that may do everything in {@link #bucket}. */
    abstract StoreAccess access();

    abstract String bucket();

    /** Whether the store can hold this key at all: servers on file systems cannot hold all that S3 can. */
    boolean holds(String key) {
        return true;
    }

    /** Whether the store encrypts, or says so. */
    boolean encrypts() {
        return true;
    }

    /** Whether of two that write the same key in the same instant one is refused, and not overwritten. */
    boolean serializes(int size) {
        return true;
    }

    /** Whether the store tells a wrong secret from a wrong key id, and refuses both. */
    boolean checksSignatures() {
        return true;
    }

    /** Stores many empty objects, by a quicker way than one by one if the server has one. */
    void fill(Collection<String> keys) throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        for (var done : threads.invokeAll(keys.stream()
                .map(key -> (Callable<ObjectInfo>) () -> put(key, ""))
                .toList())) {
            done.get();
        }
        threads.shutdown();
    }

    @BeforeEach
    void open() {
        store = stores.open(access());
    }

    @AfterEach
    void everythingIsGivenBack() {
        assertThat(ledger.orphans()).as("uploads in the ledger").isEmpty();
        assertThat(stores.freeBuffers()).as("memory for parts").isEqualTo(SETTINGS.bufferBytes());
        stores.close();
    }

    // keys and listings

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.csv",
                "with space.csv",
                " leading and trailing ",
                "plus+plus.csv",
                "percent%.csv",
                "encoded%2Fslash",
                "encoded%20space",
                "%00",
                "a%46",
                "e\u0301 decomposed",
                "\u00e9 composed",
                "\u65e5\u672c\u8a9e.csv",
                "\ud83d\ude00.csv",
                "\u202ertl",
                "<&>\"'.csv",
                "back\\slash",
                "new\nline",
                "return\rhere",
                "tab\there",
                "control\u0001",
                "query?x=1#f",
                "semi;colon",
                "${env.PATH}",
                "{{property}}",
                "#{spel}",
                "RAW(x)",
                "..csv",
                "a//b",
                "a/./b",
                "a/../b",
                "folder/",
                "?connectionId=1",
                "Case",
                "case"
            })
    void keysRoundTripExactly(String name) throws IOException {
        assumeTrue(holds(name), "this server cannot hold such a key");
        String key = prefix + name;

        put(key, "content of " + name);

        assertThat(read(key)).isEqualTo("content of " + name);
        assertThat(store.stat(bucket(), key).key()).isEqualTo(key);
        try (var objects = store.walk(bucket(), prefix)) {
            assertThat(objects.map(ObjectInfo::key)).containsExactly(key);
        }
        assertThat(folder(prefix)).containsExactly(firstLevel(name));
    }

    @Test
    void longestKeyIsHeld() throws IOException {
        String key = prefix + "k".repeat(S3Uri.MAX_KEY_BYTES - prefix.length());
        assumeTrue(holds(key), "this server cannot hold such a key");

        put(key, "x");

        assertThat(store.stat(bucket(), key).key()).isEqualTo(key);
    }

    @Test
    void folderPageNamesFilesAndFoldersOnce() throws IOException {
        put(prefix + "b.csv", "b");
        put(prefix + "a/one.csv", "1");
        put(prefix + "a/two.csv", "2");
        put(prefix + "c/deep/three.csv", "3");

        assertThat(folder(prefix)).containsExactly(prefix + "a/", prefix + "b.csv", prefix + "c/");
        assertThat(folder(prefix + "a/")).containsExactly(prefix + "a/one.csv", prefix + "a/two.csv");
    }

    @Test
    void folderPagesJoinWithoutGapOrRepetition() throws IOException {
        for (int index = 0; index < 7; index++) {
            put(prefix + "file" + index, "x");
            put(prefix + "folder" + index + "/file", "x");
        }

        List<String> keys = new ArrayList<>();
        String token = null;
        do {
            FolderPage page = store.folder(bucket(), prefix, 3, token);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(3);
            page.entries().forEach(entry -> keys.add(entry.key()));
            token = page.nextToken();
        } while (token != null);

        assertThat(keys).hasSize(14).doesNotHaveDuplicates();
    }

    @Test
    void folderAndFileOfOneNameAreTwoEntries() throws IOException {
        assumeTrue(holds("same/child"), "this server cannot hold both");
        put(prefix + "same", "file");
        put(prefix + "same.csv", "file");
        put(prefix + "sames/child", "child");

        assertThat(folder(prefix)).containsExactly(prefix + "same", prefix + "same.csv", prefix + "sames/");
        assertThat(folder(prefix + "same/")).isEmpty();
    }

    @Test
    void folderThatDoesNotExistIsEmpty() {
        assertThat(store.folder(bucket(), prefix + "nothing/", 10, null)).isEqualTo(new FolderPage(List.of(), null));
    }

    @Test
    void walkFindsEverythingBelowAPrefixOverManyPages() throws Exception {
        Set<String> keys = new HashSet<>();
        for (int index = 0; index < 1_050; index++) {
            keys.add(prefix + (index % 7) + "/" + index);
        }
        fill(keys);

        try (var objects = store.walk(bucket(), prefix)) {
            assertThat(objects.map(ObjectInfo::key).toList())
                    .hasSameSizeAs(keys)
                    .containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @Test
    void walkGoesOnAfterAKeyThatNeedNotExist() throws Exception {
        for (String name : List.of("a", "b/c", "b/d", "e")) {
            put(prefix + name, "");
        }
        for (var after : Map.of("b/c", 2, "b/b", 3, "", 4, "e", 0).entrySet()) {
            try (var objects = store.walkAfter(bucket(), prefix, prefix + after.getKey())) {
                assertThat(objects).as(after.getKey()).hasSize(after.getValue());
            }
        }
    }

    @Test
    void prefixThatIsNoFolderSelectsTheNamesThatBeginLikeIt() throws IOException {
        for (String name : List.of("da", "data", "data.csv", "database/a.csv", "other/data")) {
            put(prefix + name, "");
        }
        assertThat(store.folder(bucket(), prefix + "data", 10, null).entries())
                .extracting(ListedEntry::key)
                .containsExactly(prefix + "data", prefix + "data.csv", prefix + "database/");
        assertThat(store.folder(bucket(), prefix + "data", 1, null).entries())
                .extracting(ListedEntry::key)
                .containsExactly(prefix + "data");
    }

    @Test
    void bucketsAreListed() {
        assertThat(store.buckets()).contains(bucket());
    }

    @Test
    void listedAndReadObjectsSayTheSame() throws IOException {
        ObjectInfo written = put(prefix + "same.csv", "a,b\n1,2\n");

        ObjectInfo stat = store.stat(bucket(), prefix + "same.csv");
        ObjectInfo listed;
        try (var objects = store.walk(bucket(), prefix)) {
            listed = objects.findFirst().orElseThrow();
        }

        assertThat(written).isEqualTo(stat);
        assertThat(listed.size()).isEqualTo(stat.size()).isEqualTo(8);
        assertThat(listed.etag()).isEqualTo(stat.etag()).doesNotContain("\"");
        assertThat(listed.lastModified()).isCloseTo(stat.lastModified(), within());
        try (ObjectStream in = store.read(bucket(), prefix + "same.csv", null)) {
            assertThat(in.object().etag()).isEqualTo(stat.etag());
            assertThat(in.object().size()).isEqualTo(8);
            assertThat(in.object().archived()).isFalse();
        }
    }

    // reading

    @Test
    void readOfTheListedVersionWorksAndOfAnotherIsRefused() throws IOException {
        String etag = put(prefix + "a", "one").etag();

        assertThat(read(prefix + "a", etag)).isEqualTo("one");
        assertKind(Kind.CHANGED, () -> store.read(bucket(), prefix + "a", "0123456789abcdef0123456789abcdef"));
    }

    @Test
    void missingThingsAreNamed() {
        assertKind(Kind.NOT_FOUND, () -> store.stat(bucket(), prefix + "none")).hasMessageContaining(prefix + "none");
        assertKind(Kind.NOT_FOUND, () -> store.read(bucket(), prefix + "none", null))
                .hasMessageContaining(prefix + "none");
        String bucket = "wharf-none-" + UUID.randomUUID();
        assertKind(Kind.NO_SUCH_BUCKET, () -> store.folder(bucket, "", 1, null)).hasMessageContaining(bucket);
        assertKind(Kind.NO_SUCH_BUCKET, () -> store.walk(bucket, "")).hasMessageContaining(bucket);
        assertKind(Kind.NO_SUCH_BUCKET, () -> store.write(bucket, "k", bytes(new byte[1]), OptionalLong.of(1), null));
    }

    // writing

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 16 * MIB, 17 * MIB + 3})
    void sizesAroundPartsAreWrittenExactly(int size) throws IOException {
        byte[] content = random(size);

        ObjectInfo known = store.write(bucket(), prefix + "known", bytes(content), OptionalLong.of(size), "text/csv");
        ObjectInfo unknown =
                store.write(bucket(), prefix + "unknown", dripping(content), OptionalLong.empty(), "text/csv");

        assertThat(known.size()).isEqualTo(size);
        assertThat(unknown.size()).isEqualTo(size);
        assertContent(prefix + "known", content);
        assertContent(prefix + "unknown", content);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 9 * MIB})
    void wrongLengthStoresNothing(int size) {
        byte[] content = random(size);

        for (long announced : new long[] {size - 1, size + 1, size + 9L * MIB}) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() ->
                            store.write(bucket(), prefix + "wrong", bytes(content), OptionalLong.of(announced), null))
                    .withMessageContaining(announced + " bytes were announced");
        }
        assertKind(Kind.NOT_FOUND, () -> store.stat(bucket(), prefix + "wrong"));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 9 * MIB})
    void failingInputStoresNothingAndIsPassedOn(int size) {
        IOException failure = new IOException("the client went away");

        for (OptionalLong length : List.of(OptionalLong.empty(), OptionalLong.of(size + 1))) {
            assertThatThrownBy(() ->
                            store.write(bucket(), prefix + "failing", failing(random(size), failure), length, null))
                    .isSameAs(failure);
        }
        assertKind(Kind.NOT_FOUND, () -> store.stat(bucket(), prefix + "failing"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9 * MIB})
    void nothingIsEverOverwritten(int size) throws IOException {
        put(prefix + "first", "first");

        assertKind(
                        Kind.EXISTS,
                        () -> store.write(bucket(), prefix + "first", bytes(random(size)), OptionalLong.of(size), null))
                .hasMessageContaining(prefix + "first");

        assertThat(read(prefix + "first")).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 9 * MIB})
    void ofManyWritersOneWins(int size) throws Exception {
        assumeTrue(serializes(size), "this server keeps no conditions on such writes");
        byte[] content = random(size);
        var start = new CyclicBarrier(8);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int index = 0; index < 8; index++) {
            writers.add(() -> {
                start.await();
                try {
                    store.write(bucket(), prefix + "race", bytes(content), OptionalLong.of(size), null);
                    return true;
                } catch (StoreException e) {
                    assertThat(e.kind()).isEqualTo(Kind.EXISTS);
                    return false;
                }
            });
        }
        var threads = Executors.newFixedThreadPool(8);

        int winners = 0;
        for (var writer : threads.invokeAll(writers)) {
            winners += writer.get() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(winners).isOne();
        assertContent(prefix + "race", content);
    }

    // staging

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9 * MIB})
    void stagedObjectIsInvisibleUntilItIsCommitted(int size) throws IOException {
        byte[] content = random(size);

        StagedObject staged =
                store.stage(bucket(), prefix + "staged", bytes(content), OptionalLong.of(size), "text/csv");

        assertThat(staged.size()).isEqualTo(size);
        assertThat(staged.crc32c()).isEqualTo(crc32c(content));
        assertKind(Kind.NOT_FOUND, () -> store.stat(bucket(), prefix + "staged"));
        assertThat(folder(prefix)).isEmpty();
        assertThat(ledger.orphans()).hasSize(1);

        assertThat(store.commit(staged).size()).isEqualTo(size);
        assertContent(prefix + "staged", content);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 8 * MIB, 21 * MIB})
    void anObjectComesInPiecesAndGoesOnWhereItStopped(int size) throws IOException {
        byte[] content = random(size);
        String key = prefix + "pieces";
        List<StagedObject> kept = new ArrayList<>();
        StagedObject begun = store.begin(bucket(), key, "text/csv");
        if (size > 8 * MIB) {
            var failure = new IOException("the client went away");
            byte[] beginning = Arrays.copyOf(content, 13 * MIB);
            assertThatThrownBy(() -> store.append(begun, failing(beginning, failure), size, kept::add))
                    .isSameAs(failure);
            assertThat(kept).extracting(StagedObject::size).containsExactly(8L * MIB);
        } else {
            kept.add(begun);
        }

        StagedObject last = kept.get(kept.size() - 1);
        byte[] rest = Arrays.copyOfRange(content, (int) last.size(), size);
        StagedObject staged = stores.open(access()).append(last, bytes(rest), size, kept::add);

        assertThat(staged).isEqualTo(kept.get(kept.size() - 1));
        assertThat(staged.size()).isEqualTo(size);
        assertKind(Kind.NOT_FOUND, () -> store.stat(bucket(), key));
        assertThat(store.commit(staged).size()).isEqualTo(size);
        assertContent(key, content);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 7, 8, 13})
    void anObjectComesInPiecesAsSmallAsStoresTakeThem(int pieceSize) throws IOException {
        byte[] content = random(21 * MIB + 1);
        String key = prefix + "small-pieces";
        StagedObject staged = store.begin(bucket(), key, null);
        while (staged.size() < content.length) {
            int from = (int) staged.size();
            byte[] piece = Arrays.copyOfRange(content, from, Math.min(content.length, from + pieceSize * MIB));
            staged = store.append(staged, bytes(piece), content.length, kept -> {});
            assertThat(staged.size()).isGreaterThan(from);
        }

        assertThat(store.commit(staged).size()).isEqualTo(content.length);
        assertContent(key, content);
    }

    @Test
    void aPieceBelowTheSmallestPartOrThatHasBrokenOffIsNotKept() throws IOException {
        StagedObject begun = store.begin(bucket(), prefix + "pieces", null);
        var failure = new IOException("the client went away");

        assertThat(store.append(begun, bytes(random(5 * MIB - 1)), 9 * MIB, kept -> {}))
                .isEqualTo(begun);
        assertThatThrownBy(() -> store.append(
                        begun, failing(random(6 * MIB), failure), 9 * MIB, kept -> fail("a part of what broke off")))
                .isSameAs(failure);
        store.abort(begun);
    }

    @Test
    void piecesThatAreTooManyAreRefused() throws IOException {
        StagedObject begun = store.begin(bucket(), prefix + "pieces", null);

        assertThat(store.append(begun, bytes(random(5)), 6, kept -> {})).isEqualTo(begun);
        assertThatThrownBy(() -> store.append(begun, bytes(random(7)), 6, kept -> {}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("6 bytes were announced, and more came");
        store.abort(begun);
    }

    @Test
    void committingTwiceIsHarmless() throws IOException {
        StagedObject staged = stage(prefix + "twice", "x");

        ObjectInfo first = store.commit(staged);

        assertThat(store.commit(staged)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 9 * MIB})
    void ofCompletedObjectsAListingProvesWhatTheStoreHas(int size) throws IOException {
        byte[] content = random(size);
        StagedObject staged =
                store.stage(bucket(), prefix + "completed", bytes(content), OptionalLong.of(size), "text/csv");
        StagedObject other = stage(prefix + "completed", "x");

        store.complete(staged);
        store.complete(staged);

        try (Stream<ObjectInfo> listed = store.walk(bucket(), prefix)) {
            assertThat(listed).singleElement().matches(staged::isListedAs).matches(entry -> !other.isListedAs(entry));
        }
        assertContent(prefix + "completed", content);
        assertKind(Kind.EXISTS, () -> store.complete(other));
        store.abort(other);
    }

    @Test
    void stagedObjectIsKnownByWhatItHasBecomeAndByNoOther() throws IOException {
        StagedObject staged = stage(prefix + "known", "x");
        assertThat(store.committed(staged)).isEmpty();

        ObjectInfo object = store.commit(staged);
        assertThat(store.committed(staged)).contains(object);

        StagedObject other = stage(prefix + "other", "y");
        store.write(bucket(), prefix + "other", bytes(random(1)), OptionalLong.of(1), null);
        assertThat(store.committed(other)).isEmpty();
        store.abort(other);
    }

    @Test
    void abortingTwiceIsHarmless() throws IOException {
        StagedObject staged = stage(prefix + "aborted", "x");

        store.abort(staged);
        store.abort(staged);

        assertKind(Kind.NO_SUCH_UPLOAD, () -> store.commit(staged));
        assertKind(Kind.NOT_FOUND, () -> store.stat(bucket(), prefix + "aborted"));
    }

    @Test
    void stagedObjectNeverReplacesAnotherEvenOfTheSameContent() throws IOException {
        StagedObject winner = stage(prefix + "same", "x");
        StagedObject loser = stage(prefix + "same", "x");
        store.commit(winner);

        assertKind(Kind.EXISTS, () -> store.commit(loser));

        store.abort(loser);
    }

    @Test
    void failingInputLeavesNoStagedParts() {
        IOException failure = new IOException("the client went away");

        assertThatThrownBy(() -> store.stage(
                        bucket(), prefix + "failing", failing(random(9 * MIB), failure), OptionalLong.empty(), null))
                .isSameAs(failure);
    }

    @Test
    void abortAllEndsTheUploadsOfExactlyThisKey() throws IOException {
        StagedObject lost = stage(prefix + "lost", "x");
        StagedObject other = stage(prefix + "lost and found", "x");

        store.abortAll(bucket(), prefix + "lost");

        assertKind(Kind.NO_SUCH_UPLOAD, () -> store.commit(lost));
        assertThat(store.commit(other).size()).isOne();
    }

    // copying

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                "plus+%2F%",
                "100%",
                "a%b.csv",
                "a%25b.csv",
                "x=%20/y%2Fz+",
                "\u65e5\u672c\u8a9e",
                "query?x=1#f",
                "a&b=c;d"
            })
    void copyHasTheSameContent(String name) throws IOException {
        ObjectInfo source = put(prefix + "from/" + name, "content");

        ObjectInfo copy = store.copy(bucket(), prefix + "from/" + name, source.etag(), bucket(), prefix + "to/" + name);

        assertThat(copy.size()).isEqualTo(7);
        assertThat(read(prefix + "to/" + name)).isEqualTo("content");
    }

    @Test
    void copyIsNeverOfAnotherObject() throws IOException {
        List<String> names = List.of("a%25b.csv", "a%b.csv", "d/e", "d%2Fe", "p+q", "p q", "p%20q");
        for (String name : names) {
            put(prefix + name, "content of " + String.format("%-9s", name));
        }
        for (String name : names) {
            ObjectInfo source = store.stat(bucket(), prefix + name);

            store.copy(bucket(), prefix + name, source.etag(), bucket(), prefix + "copies/" + name);

            assertThat(read(prefix + "copies/" + name)).isEqualTo(read(prefix + name));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9 * MIB})
    void copyHasAChecksum(int size) throws IOException {
        byte[] content = random(size);
        store.write(bucket(), prefix + "source", bytes(content), OptionalLong.of(size), null);
        ObjectInfo source = store.stat(bucket(), prefix + "source");

        StagedObject staged = store.stageCopy(CopySource.of(bucket(), source), bucket(), prefix + "target");

        assertChecksum(staged, content);
        store.commit(staged);
        assertContent(prefix + "target", content);
    }

    @Test
    void copyOfNothingIsNothing() throws IOException {
        ObjectInfo source = put(prefix + "empty", "");

        store.copy(bucket(), prefix + "empty", source.etag(), bucket(), prefix + "copy");

        assertThat(read(prefix + "copy")).isEmpty();
    }

    @Test
    void copyNeverOverwrites() throws IOException {
        ObjectInfo source = put(prefix + "source", "source");
        put(prefix + "target", "target");

        assertKind(
                Kind.EXISTS, () -> store.copy(bucket(), prefix + "source", source.etag(), bucket(), prefix + "target"));

        assertThat(read(prefix + "target")).isEqualTo("target");
    }

    @Test
    void copyOfAChangedSourceIsRefused() throws IOException {
        put(prefix + "source", "new");
        String old = Md5.hex(Md5.digest().digest("old".getBytes()));
        var before = new CopySource(bucket(), prefix + "source", 3, old, old, null);

        assertKind(Kind.CHANGED, () -> store.copy(bucket(), prefix + "source", old, bucket(), prefix + "target"));
        assertKind(Kind.CHANGED, () -> store.stageCopy(before, bucket(), prefix + "target"));
        assertKind(Kind.NOT_FOUND, () -> store.copy(bucket(), prefix + "none", old, bucket(), prefix + "target"));
    }

    @Test
    void stagedCopyIsInvisibleUntilItIsCommitted() throws IOException {
        byte[] content = random(9 * MIB);
        store.write(bucket(), prefix + "source", bytes(content), OptionalLong.of(content.length), null);
        ObjectInfo source = store.stat(bucket(), prefix + "source");

        StagedObject staged = store.stageCopy(CopySource.of(bucket(), source), bucket(), prefix + "target");

        assertKind(Kind.NOT_FOUND, () -> store.stat(bucket(), prefix + "target"));
        store.commit(staged);
        assertContent(prefix + "target", content);
    }

    // access

    @Test
    void wrongKeyPairsAreTold() {
        assumeTrue(checksSignatures(), "this server does not check signatures");
        var right = (Credentials.KeyPair) access().credentials();

        for (var wrong : List.of(
                new Credentials.KeyPair(right.accessKeyId(), "wrong"),
                new Credentials.KeyPair("AKIAIOSFODNN7EXAMPLE", right.secretAccessKey()))) {
            StoreAccess access = withCredentials(access(), access().connectionId(), wrong);
            assertKind(Kind.BAD_CREDENTIALS, () -> stores.open(access).folder(bucket(), "", 1, null))
                    .hasMessageContaining("key pair")
                    .hasMessageNotContaining(right.secretAccessKey());
        }
    }

    @Test
    void encryptionThatWasAskedForIsApplied() throws IOException {
        assumeTrue(encrypts(), "this server does not encrypt");
        ObjectStore encrypted = stores.open(withEncryption(access(), Encryption.AES256, null));

        byte[] large = random(9 * MIB);

        encrypted.write(bucket(), prefix + "small", bytes(random(5)), OptionalLong.of(5), null);
        encrypted.write(bucket(), prefix + "large", bytes(large), OptionalLong.empty(), null);
        assertContent(prefix + "large", large);
    }

    @Test
    void encryptionThatIsNotAppliedIsRefusedBeforeAnythingIsVisible() {
        assumeTrue(!encrypts(), "this server encrypts");
        ObjectStore encrypted = stores.open(withEncryption(access(), Encryption.AES256, null));

        for (int size : new int[] {0, 5, 9 * MIB}) {
            assertKind(
                            Kind.REFUSED,
                            () -> encrypted.write(
                                    bucket(), prefix + "w", bytes(random(size)), OptionalLong.of(size), null))
                    .hasMessageContaining("s3://" + bucket() + "/" + prefix + "w")
                    .hasMessageContaining("AES256");
            assertKind(
                    Kind.REFUSED,
                    () -> encrypted.stage(bucket(), prefix + "s", bytes(random(size)), OptionalLong.empty(), null));
        }
        assertThat(folder(prefix)).isEmpty();
    }

    // helpers

    public static StoreAccess withCredentials(StoreAccess access, Long connectionId, Credentials credentials) {
        return new StoreAccess(
                connectionId,
                access.region(),
                access.endpoint(),
                access.pathStyle(),
                access.checksums(),
                credentials,
                access.encryption(),
                access.kmsKeyId(),
                access.caCertificates());
    }

    public static StoreAccess withEncryption(StoreAccess access, Encryption encryption, String kmsKeyId) {
        return new StoreAccess(
                access.connectionId(),
                access.region(),
                access.endpoint(),
                access.pathStyle(),
                access.checksums(),
                access.credentials(),
                encryption,
                kmsKeyId,
                access.caCertificates());
    }

    /** A copy has the MD5 that proves it, or the CRC-32C of what passed through. */
    static void assertChecksum(StagedObject staged, byte[] content) {
        assertThat(staged.md5() == null ? staged.crc32c() : staged.md5())
                .isEqualTo(
                        staged.md5() == null
                                ? crc32c(content)
                                : Md5.hex(Md5.digest().digest(content)));
    }

    private static String crc32c(byte[] content) {
        var crc32c = new CRC32C();
        crc32c.update(content);
        return Crc32c.base64((int) crc32c.getValue());
    }

    public static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    public static InputStream bytes(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    /** Gives less than it is asked for, as sockets do. */
    static InputStream dripping(byte[] content) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 10_007));
            }
        };
    }

    public static InputStream failing(byte[] content, IOException failure) {
        return new InputStream() {
            private int position;

            @Override
            public int read() throws IOException {
                if (position == content.length) {
                    throw failure;
                }
                return content[position++] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (position == content.length) {
                    throw failure;
                }
                int count = Math.min(length, content.length - position);
                System.arraycopy(content, position, target, offset, count);
                position += count;
                return count;
            }
        };
    }

    public static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertKind(
            Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable operation) {
        return assertThatThrownBy(operation).isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind())
                .as(e.getMessage())
                .isEqualTo(kind));
    }

    private static org.assertj.core.data.TemporalUnitOffset within() {
        return new org.assertj.core.data.TemporalUnitWithinOffset(1, java.time.temporal.ChronoUnit.SECONDS);
    }

    ObjectInfo put(String key, String content) throws IOException {
        byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return store.write(bucket(), key, bytes(bytes), OptionalLong.of(bytes.length), null);
    }

    StagedObject stage(String key, String content) throws IOException {
        return store.stage(bucket(), key, bytes(content.getBytes()), OptionalLong.empty(), null);
    }

    String read(String key) throws IOException {
        return read(key, null);
    }

    String read(String key, String etag) throws IOException {
        try (ObjectStream in = store.read(bucket(), key, etag)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    void assertContent(String key, byte[] expected) throws IOException {
        try (ObjectStream in = store.read(bucket(), key, null)) {
            assertThat(Arrays.equals(in.readAllBytes(), expected))
                    .as("content of " + key)
                    .isTrue();
        }
    }

    List<String> folder(String folder) {
        return store.folder(bucket(), folder, 1_000, null).entries().stream()
                .map(ListedEntry::key)
                .toList();
    }

    private String firstLevel(String name) {
        int slash = name.indexOf('/');
        return prefix + (slash < 0 ? name : name.substring(0, slash + 1));
    }
}
