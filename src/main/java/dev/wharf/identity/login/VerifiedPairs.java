package dev.wharf.identity.login;

import dev.wharf.identity.VerificationCache;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a minute that an address and a password were right, since old clients send them with each request and
 * looking at a password is slow by intention. What is kept is a keyed hash of the pair and of what it was compared with:
 * another password in the registry is another entry.
 */
final class VerifiedPairs {
    private static final String ALGORITHM = "HmacSHA256";

    private final VerificationCache memory;
    private final SecretKeySpec key;

    VerifiedPairs(Clock clock) {
        this.memory = new VerificationCache(clock);
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    boolean contains(BasicCredentials pair, String passwordHash) {
        return memory.contains(entry(pair, passwordHash));
    }

    void add(BasicCredentials pair, String passwordHash) {
        memory.add(entry(pair, passwordHash));
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
