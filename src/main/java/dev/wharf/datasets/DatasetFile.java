package dev.wharf.datasets;

import dev.wharf.store.ObjectInfo;
import java.time.Instant;

/**
 * One line of a dataset's manifest: an object as it was when it was imported.
 *
 * @param etag empty where the store sends none
 * @param lastModified null where the store does not tell
 */
public record DatasetFile(long number, String key, long size, String etag, Instant lastModified) {
    public DatasetFile(long number, String key, long size, String etag) {
        this(number, key, size, etag, null);
    }

    /** Whether what a store says of the object of this key is that it is still the same. */
    boolean isStill(ObjectInfo object) {
        boolean told = !etag.isEmpty() && !object.etag().isEmpty();
        boolean known = lastModified != null && object.lastModified() != null;
        return size == object.size()
                && (told ? etag.equals(object.etag()) : !known || lastModified.equals(object.lastModified()));
    }
}
