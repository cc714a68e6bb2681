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
 * @param restore of an archived object: under way, or there; null where none was asked for or the store does not tell
 */
public record ObjectInfo(
        String key,
        long size,
        String etag,
        Instant lastModified,
        String storageClass,
        boolean archived,
        Restore restore) {}
