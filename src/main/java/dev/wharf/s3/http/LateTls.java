package dev.wharf.s3.http;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import software.amazon.awssdk.http.SystemPropertyTlsKeyManagersProvider;

/**
 * Made ready by the first store that speaks TLS: many do not, and it takes a quarter of a second. Who we are is what Java's
 * system properties say.
 */
final class LateTls implements TlsSocketStrategy {
    private final HttpSettings settings;
    private TlsSocketStrategy ready;

    LateTls(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        return ready().upgrade(socket, target, port, attachment, context);
    }

    private synchronized TlsSocketStrategy ready() {
        if (ready == null) {
            ready = new DefaultClientTlsStrategy(
                    settings.tls()
                            .context(
                                    SystemPropertyTlsKeyManagersProvider.create()
                                            .keyManagers(),
                                    settings.trusted()),
                    HostnameVerificationPolicy.CLIENT,
                    new DefaultHostnameVerifier());
        }
        return ready;
    }
}
