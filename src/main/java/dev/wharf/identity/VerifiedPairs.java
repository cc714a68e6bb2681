package dev.wharf.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a minute that an address and a password were right, since old clients send them with each request and
 * looking at a password is slow by intention. What is kept is a keyed hash of the pair and of what it was compared with:
 * another password in the registry is another entry.
 */
final class VerifiedPairs {
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int MAX_PAIRS = 10_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;
    private final SecretKeySpec key;
    /** When each ends, in this order. */
    private final Map<String, Instant> ends = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_PAIRS || !eldest.getValue().isAfter(clock.instant());
        }
    };

    VerifiedPairs(Clock clock) {
        this.clock = clock;
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    boolean contains(BasicCredentials pair, String passwordHash) {
        String entry = entry(pair, passwordHash);
        synchronized (ends) {
            Instant end = ends.get(entry);
            return end != null && end.isAfter(clock.instant());
        }
    }

    void add(BasicCredentials pair, String passwordHash) {
        String entry = entry(pair, passwordHash);
        synchronized (ends) {
            ends.remove(entry);
            ends.put(entry, clock.instant().plus(LIFETIME));
        }
    }

    private String entry(BasicCredentials pair, String passwordHash) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            // No part holds a line end, so no two triples are one text.
            String text =
                    pair.email() + "\n" + passwordHash + "\n" + pair.password().value();
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
