package dev.wharf.testing.stub;

import dev.wharf.store.Restore;
import dev.wharf.testing.faulty.Content;
import java.time.Instant;
import java.util.Map;

/**
 * An object as the stub knows it.
 *
 * @param etag without quotes
 * @param headers what was sent with it and comes back: content type, {@code x-amz-meta-}, encryption
 * @param restore the copy of an archived object that was asked for, or null
 * @param crc32c in Base64, of the bytes or of the parts' checksums; null where none is kept
 */
record StubObject(
        Content content,
        String etag,
        Instant written,
        String storageClass,
        Restore restore,
        Map<String, String> headers,
        String crc32c) {

    static StubObject of(Content content, String etag, Instant written) {
        return new StubObject(content, etag, written, "STANDARD", null, Map.of(), null);
    }

    StubObject withStorageClass(String other) {
        return new StubObject(content, etag, written, other, restore, headers, crc32c);
    }

    StubObject withRestore(Restore other) {
        return new StubObject(content, etag, written, storageClass, other, headers, crc32c);
    }

    StubObject withHeaders(Map<String, String> others) {
        return new StubObject(content, etag, written, storageClass, restore, others, crc32c);
    }

    StubObject withCrc32c(String other) {
        return new StubObject(content, etag, written, storageClass, restore, headers, other);
    }

    /** Whether a GET is refused (AWS, <i>Understanding and managing storage classes</i>). */
    boolean isArchived() {
        boolean archive = storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
        return archive && (restore == null || restore.isOngoing());
    }
}
