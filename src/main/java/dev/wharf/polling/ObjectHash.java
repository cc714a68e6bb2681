package dev.wharf.polling;

import dev.wharf.kernel.sql.Sha256;
import dev.wharf.store.ObjectInfo;
import java.time.Instant;

/** Names of objects and their versions that have one length: keys are too long for PostgreSQL's indexes. */
final class ObjectHash {
    private ObjectHash() {}

    /**
     * Of an object in its version: what the store calls it by its ETag, or else by size and time. An object that is replaced
     * by other content is another one, also within the same second.
     */
    static String of(ObjectInfo object) {
        String version = object.etag().isEmpty() ? object.size() + " " + seconds(object.lastModified()) : object.etag();
        return Sha256.of(object.key() + "\0" + version);
    }

    /** HEAD tells seconds, where listings may tell more. */
    private static String seconds(Instant time) {
        return time == null ? "" : String.valueOf(time.getEpochSecond());
    }

    static String ofKey(ObjectInfo object) {
        return Sha256.of(object.key());
    }
}
