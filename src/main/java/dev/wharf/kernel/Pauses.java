package dev.wharf.kernel;

import java.time.Duration;

/** Pauses between tries of what will not be there sooner for being asked more often. */
public final class Pauses {
    private Pauses() {}

    /** Twice as long, and no longer than the longest. */
    public static Duration doubled(Duration pause, Duration longest) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
