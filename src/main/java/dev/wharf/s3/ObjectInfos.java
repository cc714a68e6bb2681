package dev.wharf.s3;

import java.time.Instant;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the store's different answers say of an object, in one form. */
final class ObjectInfos {
    /** Restored before they can be read (AWS, <i>Understanding and managing storage classes</i>); GLACIER_IR is not. */
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    private ObjectInfos() {}

    static ObjectInfo of(S3Object object) {
        return info(
                object.key(),
                object.size(),
                object.eTag(),
                object.lastModified(),
                object.storageClassAsString(),
                ARCHIVES.contains(String.valueOf(object.storageClassAsString())),
                null);
    }

    static ObjectInfo of(String key, HeadObjectResponse answer) {
        boolean restored = answer.restore() != null && answer.restore().contains("ongoing-request=\"false\"");
        boolean archived = ARCHIVES.contains(String.valueOf(answer.storageClassAsString()))
                || answer.archiveStatusAsString() != null;
        return info(
                key,
                answer.contentLength(),
                answer.eTag(),
                answer.lastModified(),
                answer.storageClassAsString(),
                archived && !restored,
                null);
    }

    /** An object whose bytes are coming is not archived, whatever its storage class. */
    static ObjectInfo of(String key, GetObjectResponse answer) {
        return info(
                key, size(answer), answer.eTag(), answer.lastModified(), answer.storageClassAsString(), false, null);
    }

    /** Of the whole object, also where only a part of it is coming. */
    private static Long size(GetObjectResponse answer) {
        ContentRange range = answer.contentRange() == null ? null : ContentRange.parse(answer.contentRange());
        return range == null ? answer.contentLength() : Long.valueOf(range.size());
    }

    private static ObjectInfo info(
            String key,
            Long size,
            String etag,
            Instant lastModified,
            String storageClass,
            boolean archived,
            Restore restore) {
        return new ObjectInfo(
                key,
                size == null ? 0 : size,
                Etags.unquoted(etag),
                lastModified == null ? Instant.EPOCH : lastModified,
                storageClass == null || storageClass.isEmpty() ? "STANDARD" : storageClass,
                archived,
                restore);
    }
}
