package dev.wharf.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Remembers for a minute that something was right, of ten thousand things at most; what is forgotten is looked at anew. */
public final class VerificationCache {
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    static final int MAX_ENTRIES = 10_000;

    private final Cache<String, Boolean> entries;

    public VerificationCache(Clock clock) {
        this.entries = Caffeine.newBuilder()
                .expireAfterWrite(LIFETIME)
                .maximumSize(MAX_ENTRIES)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run) // or the bound would be kept only when another thread finds the time
                .build();
    }

    public boolean contains(String entry) {
        return entries.getIfPresent(entry) != null;
    }

    public void add(String entry) {
        entries.put(entry, true);
    }
}
