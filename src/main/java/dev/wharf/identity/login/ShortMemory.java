package dev.wharf.identity.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers for a minute that something was right, of ten thousand things at most. */
public final class ShortMemory {
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int MAX_ENTRIES = 10_000;

    private final Clock clock;
    /** When each ends, in this order. */
    private final Map<String, Instant> ends = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_ENTRIES || !eldest.getValue().isAfter(clock.instant());
        }
    };

    public ShortMemory(Clock clock) {
        this.clock = clock;
    }

    public synchronized boolean contains(String entry) {
        Instant end = ends.get(entry);
        return end != null && end.isAfter(clock.instant());
    }

    public synchronized void add(String entry) {
        ends.remove(entry);
        ends.put(entry, clock.instant().plus(LIFETIME));
    }
}
