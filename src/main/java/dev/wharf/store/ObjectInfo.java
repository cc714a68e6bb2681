package dev.wharf.store;

import java.time.Instant;

/**
 * What a store says of one object.
 *
 * @param key the key, exactly as stored
 * @param size in bytes
 * @param etag without quotes; may be empty where the store sends none
 * @param lastModified UTC; seconds in listings; null where the store sends none that can be read
 * @param storageClass as S3 spells it; {@code STANDARD} where the store names none
 * @param archived whether the object cannot be read until it is restored (GLACIER, DEEP_ARCHIVE, and the archive tiers of
 *     INTELLIGENT_TIERING as far as the store tells)
 * @param contentType the media type that it was written with; null where the store tells none, as in listings
 * @param md5 of its bytes in 32 hex digits, where the store tells; null in listings
 * @param restore of an archived object: under way, or there; null where none was asked for or the store does not tell
 */
public record ObjectInfo(
        String key,
        long size,
        String etag,
        Instant lastModified,
        String storageClass,
        boolean archived,
        String contentType,
        String md5,
        Restore restore) {

    /** As listings tell. */
    public ObjectInfo(
            String key,
            long size,
            String etag,
            Instant lastModified,
            String storageClass,
            boolean archived,
            Restore restore) {
        this(key, size, etag, lastModified, storageClass, archived, null, null, restore);
    }
}
