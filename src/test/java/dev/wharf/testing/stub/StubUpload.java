package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import dev.wharf.testing.stub.S3Xml.NamedPart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A multipart upload that was begun.
 *
 * @param begun what the object will have of headers and storage class
 * @param checksumType {@code FULL_OBJECT} or {@code COMPOSITE}, or null where parts have no checksums
 */
record StubUpload(
        String key, String id, StubObject begun, String checksumType, NavigableMap<Integer, StubObject> parts) {
    private static final long SMALLEST_PART = 5 << 20;
    private static final int MOST_PARTS = 10_000;

    StubUpload(String key, String id, StubObject begun, String checksumType) {
        this(key, id, begun, checksumType, new ConcurrentSkipListMap<>());
    }

    Instant initiated() {
        return begun.written();
    }

    void put(int number, StubObject part) {
        parts.put(number, part);
    }

    static int partNumber(String text) {
        int number = S3Error.number("partNumber", text);
        if (number < 1 || number > MOST_PARTS) {
            throw new S3Error(400, "InvalidArgument", "Part number must be an integer between 1 and " + MOST_PARTS);
        }
        return number;
    }

    /** The object that these parts make. */
    StubObject joined(List<NamedPart> named) {
        requireOrder(named);
        List<StubObject> found = new ArrayList<>();
        MessageDigest digest = Digests.md5();
        for (NamedPart name : named) {
            StubObject part = parts.get(name.number());
            if (part == null || !part.etag().equals(name.etag())) {
                throw new S3Error(400, "InvalidPart", "Part " + name.number() + " was not uploaded with this ETag");
            }
            if (name.crc32c().isEmpty()
                    ? "COMPOSITE".equals(checksumType)
                    : !name.crc32c().equals(part.crc32c())) {
                throw new S3Error(400, "InvalidPart", "Part " + name.number() + " has not this checksum");
            }
            found.add(part);
            digest.update(md5(part.etag()));
        }
        List<Content> contents = found.stream().map(StubObject::content).toList();
        for (Content content : contents.subList(0, contents.size() - 1)) {
            if (content.size() < SMALLEST_PART) {
                throw new S3Error(400, "EntityTooSmall", "A part that is not the last is smaller than 5 MiB");
            }
        }
        String etag = HexFormat.of().formatHex(digest.digest()) + "-" + named.size();
        return StubObject.of(Content.joined(contents), etag, Instant.now())
                .withHeaders(begun.headers())
                .withStorageClass(begun.storageClass())
                .withCrc32c(Checksums.joined(checksumType, found));
    }

    private static void requireOrder(List<NamedPart> named) {
        for (int index = 1; index < named.size(); index++) {
            if (named.get(index).number() <= named.get(index - 1).number()) {
                throw new S3Error(400, "InvalidPartOrder", "The list of parts was not in ascending order");
            }
        }
    }

    /** Parts that nobody digested have ETags that are no MD5s; the object's is then none that anyone could check. */
    private static byte[] md5(String etag) {
        return etag.indexOf('-') < 0 ? HexFormat.of().parseHex(etag) : etag.getBytes(StandardCharsets.US_ASCII);
    }
}
