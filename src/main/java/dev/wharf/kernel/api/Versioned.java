package dev.wharf.kernel.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An answer that tells by its {@code ETag} of which version it is, for the {@code If-Match} of a change: what nobody has
 * changed has the same one, whichever of its fields are shown.
 */
public interface Versioned {
    /** When somebody changed it last; null for what cannot be changed. */
    Instant updatedAt();

    /**
     * @param updatedAt as precise as databases store it, or more
     * @return without quotes
     */
    static String etag(Instant updatedAt) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, updatedAt), Character.MAX_RADIX);
    }
}
