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
    /** BoringSSL, TLS 1.2 and 1.3, which is faster; {@link #JAVA} on a machine that it was not built for. */
    NATIVE,
    /** Java's own, of which its security properties say what is used. */
    JAVA;

    private static final String NAME = "TLS";
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    /**
     * @param own certificates by which we say who we are, or null
     * @param trusted null for whom this Java trusts
     */
    public SSLContext context(KeyManager[] own, TrustManager[] trusted) {
        Provider boringSsl = this == NATIVE ? BoringSsl.PROVIDER : null;
        try {
            TrustManager[] java = trusted == null ? JavaTrust.managers(null) : trusted;
            SSLContext context =
                    boringSsl == null ? SSLContext.getInstance(NAME) : SSLContext.getInstance(NAME, boringSsl);
            context.init(own, boringSsl == null ? java : JavaTrust.of(java), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot speak TLS", e);
        }
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
