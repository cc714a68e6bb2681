package dev.wharf.network;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.conscrypt.Conscrypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who encrypts what goes to stores. Who is trusted, Java says either way. */
public enum Tls {
    /** BoringSSL, TLS 1.2 and 1.3, for less processor time; {@link #JAVA} on a machine that it was not built for. */
    NATIVE {
        @Override
        SSLContext of(KeyManager[] own, TrustManager[] trusted) throws GeneralSecurityException {
            return BoringSsl.PROVIDER == null
                    ? JAVA.of(own, trusted)
                    : ready(SSLContext.getInstance(NAME, BoringSsl.PROVIDER), own, JavaTrust.of(trusted));
        }
    },
    /** Java's own, of which its security properties say what is used. */
    JAVA {
        @Override
        SSLContext of(KeyManager[] own, TrustManager[] trusted) throws GeneralSecurityException {
            return ready(SSLContext.getInstance(NAME), own, trusted);
        }
    };

    private static final String NAME = "TLS";
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    abstract SSLContext of(KeyManager[] own, TrustManager[] trusted) throws GeneralSecurityException;

    /**
     * @param own certificates by which we say who we are, or null
     * @param trusted null for whom this Java trusts
     */
    public SSLContext context(KeyManager[] own, TrustManager[] trusted) {
        try {
            return of(own, trusted == null ? JavaTrust.managers(null) : trusted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot speak TLS", e);
        }
    }

    private static SSLContext ready(SSLContext context, KeyManager[] own, TrustManager[] trusted)
            throws GeneralSecurityException {
        context.init(own, trusted, null);
        return context;
    }

    /** Loaded when the first store is met that speaks TLS: it takes a tenth of a second. */
    private static final class BoringSsl {
        /** Null where there is none for this machine. */
        static final Provider PROVIDER = load();

        private static Provider load() {
            try {
                Conscrypt.checkAvailability();
                return Conscrypt.newProvider();
            } catch (LinkageError e) {
                LOG.warn(
                        "BoringSSL does not run here, so Java encrypts what goes to stores, which takes longer: {}",
                        e.getMessage());
                return null;
            }
        }
    }
}
