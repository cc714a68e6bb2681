package dev.wharf.identity.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.SettingsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an identity provider, kept in memory. They are renewed in the background once they are five minutes old,
 * and before they are used again once they are ten; a key that is not among them is looked for at the provider, which is
 * asked once in ten seconds at most, whatever is sent here. While the provider cannot be reached, what it published in
 * the last four hours stays good.
 */
public final class ProviderKeys {
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration STALE = Duration.ofMinutes(10);
    static final Duration OUTAGE = Duration.ofHours(4);
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** Requests that may wait for the provider, of all those that the service has threads for. */
    private static final int MAX_WAITING = 32;

    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);

    private record Known(JWKSet keys, Instant since) {
        static final Known NONE = new Known(new JWKSet(), Instant.MIN);

        boolean isYounger(Duration age, Instant now) {
            return since.isAfter(now.minus(age));
        }
    }

    private final Supplier<CompletableFuture<JWKSet>> provider;
    private final Clock clock;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    private volatile Known known = Known.NONE;
    /** Whether the last answer was none. */
    private volatile boolean down;

    private CompletableFuture<Known> lastFetch;
    private Instant lastFetchBegan = Instant.MIN;

    /**
     * @param provider asks it; takes a bounded time
     */
    public ProviderKeys(Supplier<CompletableFuture<JWKSet>> provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * The keys that may have signed what has this header; none if the provider publishes no such key.
     *
     * @throws ProblemException 503 if that cannot be known, because the provider cannot be reached
     */
    List<JWK> matching(JWSHeader header) {
        var selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        Instant now = clock.instant();
        Known held = known;
        List<JWK> keys = held.isYounger(OUTAGE, now) ? selector.select(held.keys()) : List.of();
        if (!keys.isEmpty() && (down || held.isYounger(STALE, now))) {
            if (!held.isYounger(FRESH, now)) {
                fetch(now);
            }
            return keys;
        }
        try {
            return selector.select(await(fetch(now)).keys());
        } catch (ProblemException e) {
            if (keys.isEmpty()) {
                throw e;
            }
            return keys;
        }
    }

    /** Asks the provider, unless it is being asked, or was a moment ago: then that answer, or failure, is the answer. */
    private synchronized CompletableFuture<Known> fetch(Instant now) {
        if (lastFetch == null
                || lastFetch.isDone() && lastFetchBegan.plus(PAUSE).isBefore(now)) {
            lastFetchBegan = now;
            lastFetch = provider.get().handle((keys, failure) -> failure == null ? keep(keys, now) : fail(failure));
        }
        return lastFetch;
    }

    private Known keep(JWKSet keys, Instant now) {
        if (down) {
            LOG.info("The identity provider can be reached again");
        }
        known = new Known(keys, now);
        down = false;
        return known;
    }

    private Known fail(Throwable failure) {
        String reason = SettingsException.reason(failure);
        if (!down) {
            LOG.warn("The identity provider cannot be reached: {}", reason);
        }
        down = true;
        throw new CompletionException(unavailable(
                "The identity provider cannot be reached, so its tokens cannot be checked; try again later, or"
                        + " use an access token of this service: " + reason));
    }

    private Known await(CompletableFuture<Known> fetch) {
        if (fetch.isDone()) {
            return result(fetch);
        }
        if (!waiting.tryAcquire()) {
            throw unavailable("Too many requests wait for the identity provider; try again");
        }
        try {
            return result(fetch);
        } finally {
            waiting.release();
        }
    }

    private static Known result(CompletableFuture<Known> fetch) {
        try {
            return fetch.join();
        } catch (CompletionException e) {
            throw unavailable(e.getCause().getMessage());
        }
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.UNAVAILABLE, detail);
    }
}
