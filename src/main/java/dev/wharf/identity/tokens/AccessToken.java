package dev.wharf.identity.tokens;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

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
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
