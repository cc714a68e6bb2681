package dev.wharf.publishing;

import dev.wharf.kernel.api.Json;
import dev.wharf.store.CopySource;
import dev.wharf.store.S3Uri;

/**
 * A file whose bytes are not in their store yet, as {@code sql/publishing/pending.sql} finds it.
 *
 * @param sourceUri where its bytes come from, {@code s3://…} or {@code file:///…}
 * @param sourceObject what was told of that object when it was looked at, as {@link #json} writes it, or null
 * @param connectionId of the target; null for base storage
 * @param claimedBy which of several nodes that share the job's files has begun it; null for none
 */
public record PendingFile(
        long id,
        String sourceUri,
        String sourceObject,
        Long connectionId,
        String bucket,
        String objectKey,
        String claimedBy) {

    /** @param object null stays null */
    static String json(CopySource object) {
        return object == null ? null : Json.write(object);
    }

    Source source() {
        return new Source(sourceUri, sourceObject == null ? null : Json.read(sourceObject, CopySource.class), null);
    }

    S3Uri target() {
        return new S3Uri(bucket, objectKey, connectionId);
    }
}
