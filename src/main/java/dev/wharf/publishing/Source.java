package dev.wharf.publishing;

import dev.wharf.store.CopySource;

/**
 * Where the bytes of a result come from.
 *
 * @param uri {@code s3://…} or {@code file:///…}
 * @param object the version that was looked at; null of a file, and where looking was not allowed
 * @param fileSize of a file in bytes; null of an object
 */
record Source(String uri, CopySource object, Long fileSize) {
    /** In bytes; null where nobody told. */
    Long size() {
        return object == null ? fileSize : Long.valueOf(object.size());
    }
}
