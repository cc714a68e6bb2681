package dev.wharf.s3;

import java.util.List;

/**
 * An object whose bytes are all in the store and that nobody can see yet: a multipart upload that is not completed.
 *
 * @param bucket target bucket
 * @param key target key
 * @param uploadId the store's id of the upload
 * @param parts the ETags of parts 1…n, quotes included where the store sent them
 * @param size in bytes, of the whole object
 * @param md5 of the whole object, 32 hex digits; null where it was copied inside the store and never passed through us
 */
public record StagedObject(String bucket, String key, String uploadId, List<String> parts, long size, String md5) {
    public StagedObject {
        parts = List.copyOf(parts);
    }
}
