package dev.wharf.testing;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords with a hundredth of the iterations that are asked for: they are many so that guessing is slow, and
 * tests would spend minutes on them. Nothing but this Java process is changed, so that the service needs no setting
 * which would make its hashes weak.
 */
public final class QuickPasswords extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "QuickPasswords";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

    private QuickPasswords() {
        super(NAME, "1", "PBKDF2 with few iterations, for tests");
        put("SecretKeyFactory." + ALGORITHM, Factory.class.getName());
    }

    public static void install() {
        Security.insertProviderAt(new QuickPasswords(), 1);
    }

    /** Until the next {@link #install}, passwords are hashed as the service hashes them. */
    public static void remove() {
        Security.removeProvider(NAME);
    }

    /** For the provider alone. */
    public static final class Factory extends SecretKeyFactorySpi {
        @Override
        protected SecretKey engineGenerateSecret(KeySpec given) throws InvalidKeySpecException {
            var spec = (PBEKeySpec) given;
            int iterations = Math.max(1, spec.getIterationCount() / 100);
            var few = new PBEKeySpec(spec.getPassword(), spec.getSalt(), iterations, spec.getKeyLength());
            try {
                return SecretKeyFactory.getInstance(ALGORITHM, "SunJCE").generateSecret(few);
            } catch (GeneralSecurityException e) {
                throw new InvalidKeySpecException(e);
            } finally {
                few.clearPassword();
            }
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> type) {
            throw new UnsupportedOperationException("Nobody asks for it");
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) {
            throw new UnsupportedOperationException("Nobody asks for it");
        }
    }
}
