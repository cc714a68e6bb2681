package dev.wharf.store;

import java.util.List;

/**
 * An object whose bytes are all in the store and that nobody can see yet: a multipart upload that is not completed.
 *
 * @param bucket target bucket
 * @param key target key
 * @param uploadId the store's id of the upload
 * @param parts the ETags of parts 1…n, quotes included where the store sent them
 * @param size in bytes, of the whole object
 * @param md5 of the whole object, 32 hex digits; null only where an older version of this service staged a copy
 * @param mark by which the object is known for this upload's, kept in its metadata; null where an older version of this
 *     service began the upload
 */
public record StagedObject(
        String bucket, String key, String uploadId, List<String> parts, long size, String md5, String mark) {
    public StagedObject {
        parts = List.copyOf(parts);
    }
}
