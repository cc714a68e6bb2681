package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.MIB;
import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.FolderPage;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reading and listing make of broken connections and of stores that contradict themselves. */
class FaultyReadTest extends FaultTest {

    @Test
    void readResumesWhereTheConnectionBroke() throws IOException {
        byte[] content = random(MIB);
        server.put(BUCKET, key, content);
        faults.on("GET", key).breakBodyAfter(300_000).times(2);

        assertThat(read()).isEqualTo(content);

        var requests = faults.requests("GET", key);
        assertThat(requests).hasSize(3);
        assertThat(requests.get(1).headers())
                .containsEntry("Range", "bytes=300000-")
                .containsKey("If-Match");
        assertThat(requests.get(2).headers()).containsEntry("Range", "bytes=600000-");
    }

    @Test
    void readOutlastsAnOverloadedStore() throws IOException {
        server.put(BUCKET, key, random(10));
        faults.on("GET", key).answer(503, "SlowDown").times(2);

        assertThat(read()).isEqualTo(random(10));
    }

    @Test
    void shortReadIsAFailureAndNeverAnEnd() {
        server.put(BUCKET, key, random(1_000));
        faults.on("GET", key).breakBodyAfter(1).always();

        assertKind(Kind.BROKEN, this::read).hasMessageContaining(key).hasMessageContaining(" of 1000 bytes");

        assertThat(faults.requests("GET", key)).hasSizeGreaterThanOrEqualTo(ObjectStoreContract.SETTINGS.attempts());
    }

    @Test
    void readResumesFromStoresThatIgnoreRanges() throws IOException {
        byte[] content = "0123456789".repeat(100).getBytes();
        server.put(BUCKET, key, content);
        faults.on("GET", key).breakBodyAfter(400);
        faults.on("GET", key)
                .answerWith(200, Map.of("ETag", store.stat(BUCKET, key).etag()), new String(content));

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void objectThatChangesWhileItIsReadFails() throws IOException {
        server.put(BUCKET, key, random(MIB));
        faults.on("GET", key).breakBodyAfter(1_000);

        try (ObjectStream in = store.read(BUCKET, key, null)) {
            assertThat(in.readNBytes(1_000)).hasSize(1_000);
            server.put(BUCKET, key, random(MIB + 1));

            assertKind(Kind.CHANGED, in::readAllBytes).hasMessageContaining(key);
        }
    }

    @Test
    void objectThatIsDeletedWhileItIsReadFails() throws IOException {
        server.put(BUCKET, key, random(MIB));
        faults.on("GET", key).breakBodyAfter(1_000);

        try (ObjectStream in = store.read(BUCKET, key, null)) {
            in.readNBytes(1_000);
            server.remove(BUCKET, key);

            assertKind(Kind.NOT_FOUND, in::readAllBytes);
        }
    }

    @Test
    void archivedObjectIsRefusedByName() {
        faults.on("GET", key).answer(403, "InvalidObjectState");

        assertKind(Kind.ARCHIVED, this::read).hasMessageContaining(key);
    }

    @Test
    void archivedObjectIsToldByStatUnlessItWasRestored() {
        faults.on("HEAD", key).answerWith(200, Map.of("x-amz-storage-class", "DEEP_ARCHIVE"), "");
        assertThat(store.stat(BUCKET, key).archived()).isTrue();

        faults.on("HEAD", key)
                .answerWith(
                        200,
                        Map.of("x-amz-storage-class", "GLACIER", "x-amz-restore", "ongoing-request=\"false\""),
                        "");
        assertThat(store.stat(BUCKET, key).archived()).isFalse();

        faults.on("HEAD", key).answerWith(200, Map.of("x-amz-storage-class", "GLACIER_IR"), "");
        assertThat(store.stat(BUCKET, key).archived()).isFalse();
    }

    @Test
    void readNeedsNoPermissionForHead() throws IOException {
        server.put(BUCKET, key, random(10));
        faults.on("HEAD", "").answerWith(403, Map.of(), "").always();

        assertThat(read()).isEqualTo(random(10));
    }

    @Test
    void walkPassesOverEmptyPages() {
        listing("empty", page("empty/a", "t1"));
        listing("token=t1", page(null, "t2"));
        listing("token=t2", page(null, "t3"));
        listing("token=t3", page("empty/b", null));

        try (var objects = store.walk(BUCKET, "empty")) {
            assertThat(objects.map(ObjectInfo::key)).containsExactly("empty/a", "empty/b");
        }
    }

    @Test
    void listingOfAnotherFolderIsAFailure() {
        listing("weather", page("other/a", null));

        try (var objects = store.walk(BUCKET, "weather/../other/")) {
            assertKind(Kind.BROKEN, objects::count).hasMessageContaining("is not in that folder");
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
        }
    }

    @Test
    void emptyPageOfAFolderIsPassedOnWithItsToken() {
        listing("empty", page(null, "t1"));

        FolderPage page = store.folder(BUCKET, "empty/", 10, null);

        assertThat(page.entries()).isEmpty();
        assertThat(page.nextToken()).isEqualTo("t1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void listingThatGoesRoundInCirclesIsAFailure(int circle) {
        listing("circle", page("circle/a", "t0"));
        IntStream.range(0, circle).forEach(index -> {
            String next = "t" + (index + 1) % circle;
            faults.on("GET", "token=t" + index)
                    .answerWith(200, Map.of("Content-Type", "application/xml"), page("circle/k" + index, next))
                    .always();
        });

        try (var objects = store.walk(BUCKET, "circle")) {
            assertKind(Kind.BROKEN, objects::count).hasMessageContaining("circles");
        }
    }

    @Test
    void folderPageThatLeadsToItselfIsAFailure() {
        listing("circle", page("a", "t1"));

        assertKind(Kind.BROKEN, () -> store.folder(BUCKET, "circle/", 10, "t1"));
    }

    @Test
    void truncatedListingWithoutATokenIsAFailure() {
        listing("lost", page("a", ""));

        assertKind(Kind.BROKEN, () -> store.walk(BUCKET, "lost"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not xml",
                "<ListBucketResult><Contents>",
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
                        + "<ListBucketResult><Contents><Key>&b;</Key></Contents></ListBucketResult>"
            })
    void listingThatIsNoListingIsAFailure(String body) {
        faults.on("GET", "strange").answerWith(200, Map.of(), body).always();

        assertKind(Kind.BROKEN, () -> store.walk(BUCKET, "strange").close());
    }

    private void listing(String uriPart, String body) {
        faults.on("GET", uriPart).answerWith(200, Map.of("Content-Type", "application/xml"), body);
    }

    /** One page as S3 writes it; a null token is the last page. */
    private static String page(String listed, String token) {
        String contents = listed == null
                ? ""
                : "<Contents><Key>" + listed + "</Key><Size>1</Size><ETag>\"e\"</ETag>"
                        + "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><EncodingType>url</EncodingType><IsTruncated>"
                + (token != null) + "</IsTruncated>"
                + (token == null || token.isEmpty()
                        ? ""
                        : "<NextContinuationToken>" + token + "</NextContinuationToken>")
                + contents + "</ListBucketResult>";
    }
}
