package dev.wharf.network;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom Java trusts, in the words of BoringSSL. TLS 1.3 no longer ties a certificate to how keys are agreed on: BoringSSL
 * calls that {@code GENERIC}, Java {@code UNKNOWN}, and refuses what it has no word for.
 */
record JavaTrust(X509TrustManager java) implements X509TrustManager {
    /** @param trusted null for those of this Java */
    static TrustManager[] managers(KeyStore trusted) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    static TrustManager[] of(TrustManager[] managers) {
        return Arrays.stream(managers)
                .map(manager -> manager instanceof X509TrustManager java ? new JavaTrust(java) : manager)
                .toArray(TrustManager[]::new);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        java.checkServerTrusted(chain, authType.equals("GENERIC") ? "UNKNOWN" : authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        java.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return java.getAcceptedIssuers();
    }
}
