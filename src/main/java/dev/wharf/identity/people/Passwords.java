package dev.wharf.identity.people;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes of passwords: PBKDF2-HMAC-SHA512 with a salt each. Both the algorithm and the number of iterations stand in the
 * hash, so that either can change later.
 */
public final class Passwords {
    private static final String ALGORITHM = "pbkdf2-sha512";
    /** OWASP Password Storage Cheat Sheet, <i>PBKDF2</i>. */
    private static final int ITERATIONS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What no password has: compared with where there is none, so that this takes as long. */
    public static final String NONE = text(ITERATIONS, random(SALT_BYTES), random(HASH_BYTES));

    private Passwords() {}

    static String hash(String password) {
        byte[] salt = random(SALT_BYTES);
        return text(ITERATIONS, salt, derive(password, salt, ITERATIONS, HASH_BYTES));
    }

    /** Whether a hash is this password's; takes as long either way. */
    public static boolean matches(String password, String hash) {
        String[] parts = hash.split("\\$");
        if (parts.length != 4 || !parts[0].equals(ALGORITHM)) {
            throw new IllegalStateException("A password's hash in the registry is of an unknown kind");
        }
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        return MessageDigest.isEqual(derive(password, salt, Integer.parseInt(parts[1]), expected.length), expected);
    }

    private static String text(int iterations, byte[] salt, byte[] hash) {
        var encoder = Base64.getEncoder().withoutPadding();
        return ALGORITHM + "$" + iterations + "$" + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] derive(String password, byte[] salt, int iterations, int length) {
        // Keyboards write the same letter in more than one way.
        char[] characters = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
        var spec = new PBEKeySpec(characters, salt, iterations, length * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }
}
