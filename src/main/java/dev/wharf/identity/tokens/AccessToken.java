package dev.wharf.identity.tokens;

import dev.wharf.kernel.sql.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** A bearer token: 256 random bits. Only its hash is stored, and a hash of that much chance needs no salt. */
public final class AccessToken {
    private static final SecureRandom RANDOM = new SecureRandom();

    private AccessToken() {}

    public static String generate() {
        return "wharf_" + random();
    }

    /** As much chance, of characters that stand in addresses and cookies as they are. */
    public static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static String hash(String token) {
        return Sha256.of(token);
    }
}
