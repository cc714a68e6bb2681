package dev.wharf.store;

import java.time.Instant;

/**
 * A copy of an archived object that was asked for (AWS, <i>Restoring an archived object</i>).
 *
 * @param until when the copy expires; null while it is still being made
 */
public record Restore(Instant until) {
    /** Whether the copy is not there yet. */
    public boolean isOngoing() {
        return until == null;
    }
}
