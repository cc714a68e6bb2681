package dev.wharf.s3.fault;

import dev.wharf.s3.wire.QuotedText;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says in plain words why a connection could not be made secure. */
final class TlsErrors {
    private TlsErrors() {}

    /**
     * What is wrong and what to do. The classes of the causes tell most; where they do not, the words of the JDK and of
     * BoringSSL do.
     */
    static String words(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = words(cause, String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT));
            if (words != null) {
                return words;
            }
        }
        return "its certificate is not trusted, or it does not speak TLS ("
                + QuotedText.plain(String.valueOf(failure.getMessage())) + ")";
    }

    private static String words(Throwable cause, String message) {
        if (cause instanceof CertificateExpiredException) {
            return "its certificate has expired: the store's operator has to renew it";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "its certificate is not valid yet: check the clocks of this service and of the store's operator";
        }
        if (cause instanceof SSLPeerUnverifiedException
                || message.contains("subject alternative")
                || message.contains("no name matching")) {
            return "its certificate is for another host (" + QuotedText.plain(String.valueOf(cause.getMessage()))
                    + "): use the name that it is for as the endpoint, or params.pathStyle=true where the bucket's name is"
                    + " what differs";
        }
        if (cause instanceof CertPathBuilderException || message.contains("unable to find valid certification path")) {
            return "its certificate is not trusted: it is signed by itself or by an authority that this Java does not know;"
                    + " add the authority to the trust store (-Djavax.net.ssl.trustStore), or to the connection"
                    + " (params.caCertificate, where wharf.limits.custom-ca=true allows it)";
        }
        if (message.contains("unsupported or unrecognized ssl message")
                || message.contains("plaintext connection")
                || message.contains("unable to parse tls packet header")) {
            return "it does not speak TLS on this port: use http:// in the endpoint, or the port for https";
        }
        return null;
    }
}
