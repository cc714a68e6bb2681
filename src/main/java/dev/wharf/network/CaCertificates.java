package dev.wharf.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Certificates of authorities that a connection trusts besides those that this Java does, as PEM. */
public record CaCertificates(List<X509Certificate> certificates) {
    /** In characters. */
    private static final int LONGEST = 64 << 10;

    /** Nothing is tried twice: white space between blocks could belong to either side. */
    private static final Pattern BLOCKS =
            Pattern.compile("\\s*+(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]++-----END CERTIFICATE-----\\s*+)++");

    /** The bit of {@code keyUsage} that allows to sign certificates (RFC 5280, 4.2.1.3). */
    private static final int KEY_CERT_SIGN = 5;

    /**
     * @throws IllegalArgumentException saying what is wrong, to follow the name of a field
     */
    public static CaCertificates of(String pem) {
        if (pem.length() > LONGEST) {
            throw new IllegalArgumentException("must have at most " + LONGEST + " characters");
        }
        if (pem.contains("PRIVATE KEY")) {
            throw new IllegalArgumentException("holds a private key: send certificates only, and replace that key");
        }
        if (!BLOCKS.matcher(pem).matches()) {
            throw new IllegalArgumentException(
                    "must be certificates as PEM, -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, and nothing else");
        }
        try (var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))) {
            List<X509Certificate> certificates = new ArrayList<>();
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                certificates.add(authority((X509Certificate) certificate));
            }
            return new CaCertificates(List.copyOf(certificates));
        } catch (CertificateException | IOException e) {
            throw new IllegalArgumentException("holds a certificate that cannot be read: paste it again, whole", e);
        }
    }

    /** A server that has signed its own certificate is its own authority. */
    private static X509Certificate authority(X509Certificate certificate) {
        boolean ownIssuer = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        boolean[] usage = certificate.getKeyUsage();
        boolean signs = certificate.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
        if (!signs && !ownIssuer) {
            throw new IllegalArgumentException("holds the certificate of " + certificate.getSubjectX500Principal()
                    + ", which is no authority's: send that of " + certificate.getIssuerX500Principal()
                    + ", which has signed it");
        }
        return certificate;
    }

    /** What will not be trusted for now, in a sentence; empty where all is in its time. */
    public Optional<String> warning(Instant now) {
        return certificates.stream()
                .filter(certificate -> now.isAfter(certificate.getNotAfter().toInstant())
                        || now.isBefore(certificate.getNotBefore().toInstant()))
                .findFirst()
                .map(certificate -> "The authority's certificate of " + certificate.getSubjectX500Principal()
                        + " is valid from " + certificate.getNotBefore().toInstant() + " to "
                        + certificate.getNotAfter().toInstant() + " only: replace it in params.caCertificate");
    }

    /** These and all that this Java trusts. */
    public TrustManager[] trustManagers() {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (TrustManager manager : JavaTrust.managers(null)) {
                if (manager instanceof X509TrustManager known) {
                    for (X509Certificate certificate : known.getAcceptedIssuers()) {
                        trusted.setCertificateEntry("java-" + number++, certificate);
                    }
                }
            }
            for (X509Certificate certificate : certificates) {
                trusted.setCertificateEntry("own-" + number++, certificate);
            }
            return JavaTrust.managers(trusted);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java has no trust store", e);
        }
    }
}
