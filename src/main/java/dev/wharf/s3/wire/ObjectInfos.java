package dev.wharf.s3.wire;

import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Restore;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What the store's different answers say of an object, in one form. */
public final class ObjectInfos {
    static final String STANDARD = "STANDARD";
    /** Of an object that is not passed on: whoever finds it refuses the answer. */
    public static final long UNKNOWN_SIZE = -1;
    /** Restored before they can be read (AWS, <i>Understanding and managing storage classes</i>); GLACIER_IR is not. */
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    private static final Pattern EXPIRY = Pattern.compile("expiry-date=\"([^\"]{1,64})\"");

    private ObjectInfos() {}

    /** @param lastModified null where the store sends none that can be read, as is {@code storageClass} */
    public static ObjectInfo listed(
            String key, long size, String etag, Instant lastModified, String storageClass, Restore restore) {
        boolean archived = storageClass != null && ARCHIVES.contains(storageClass);
        return info(key, size, etag, lastModified, storageClass, archived, restore);
    }

    static ObjectInfo renamed(ObjectInfo object, String key) {
        return new ObjectInfo(
                key,
                object.size(),
                object.etag(),
                object.lastModified(),
                object.storageClass(),
                object.archived(),
                object.contentType(),
                object.md5(),
                object.restore());
    }

    public static ObjectInfo of(String key, HeadObjectResponse answer) {
        boolean restored = answer.restore() != null && answer.restore().contains("ongoing-request=\"false\"");
        boolean archived = ARCHIVES.contains(String.valueOf(answer.storageClassAsString()))
                || answer.archiveStatusAsString() != null;
        ObjectInfo object = info(
                key,
                orUnknown(answer.contentLength()),
                answer.eTag(),
                answer.lastModified(),
                answer.storageClassAsString(),
                archived && !restored,
                restore(answer.restore()));
        return new ObjectInfo(
                key,
                object.size(),
                object.etag(),
                object.lastModified(),
                object.storageClass(),
                object.archived(),
                answer.contentType(),
                md5(object.etag(), answer.serverSideEncryptionAsString()),
                object.restore());
    }

    /** That of an object under a KMS key looks like one as well. */
    private static String md5(String etag, String encryption) {
        return Md5.isOne(etag) && !Etags.isKms(encryption) ? etag : null;
    }

    /** An object whose bytes are coming is not archived, whatever its storage class. */
    public static ObjectInfo of(String key, GetObjectResponse answer) {
        return info(
                key, size(answer), answer.eTag(), answer.lastModified(), answer.storageClassAsString(), false, null);
    }

    /** Of the whole object, also where only a part of it is coming. */
    private static long size(GetObjectResponse answer) {
        ContentRange range = answer.contentRange() == null ? null : ContentRange.parse(answer.contentRange());
        return range == null ? orUnknown(answer.contentLength()) : range.size();
    }

    private static long orUnknown(Long length) {
        return length == null ? UNKNOWN_SIZE : length;
    }

    /** @param header {@code x-amz-restore}: {@code ongoing-request="false", expiry-date="Fri, 21 Dec 2012 00:00:00 GMT"} */
    private static Restore restore(String header) {
        if (header == null) {
            return null;
        }
        if (header.contains("ongoing-request=\"true\"")) {
            return new Restore(null);
        }
        Matcher expiry = EXPIRY.matcher(header);
        try {
            return expiry.find()
                    ? new Restore(ZonedDateTime.parse(expiry.group(1), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A copy that has been restored can be read until it expires. */
    private static ObjectInfo info(
            String key,
            long size,
            String etag,
            Instant lastModified,
            String storageClass,
            boolean archived,
            Restore restore) {
        return new ObjectInfo(
                key,
                size,
                Etags.known(etag),
                lastModified,
                storageClass == null || storageClass.isEmpty() ? STANDARD : storageClass,
                archived && (restore == null || restore.isOngoing()),
                restore);
    }
}
