package dev.wharf.store;

import java.time.Instant;

/**
 * A multipart upload that was begun and neither completed nor aborted; its parts are paid for.
 *
 * @param begun null where the store tells no time
 */
public record IncompleteUpload(String key, Instant begun) {}
