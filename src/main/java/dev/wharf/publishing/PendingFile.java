package dev.wharf.publishing;

import dev.wharf.store.S3Uri;

/**
 * A file whose bytes are not in their store yet, as {@code sql/publishing/pending.sql} finds it.
 *
 * @param sourceUri where its bytes come from, {@code s3://…} or {@code file:///…}
 * @param connectionId of the target; null for base storage
 * @param claimedBy which of several nodes that share the job's files has begun it; null for none
 */
public record PendingFile(
        long id, String sourceUri, Long connectionId, String bucket, String objectKey, String claimedBy) {
    S3Uri target() {
        return new S3Uri(bucket, objectKey, connectionId);
    }
}
