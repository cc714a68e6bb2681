package dev.wharf.s3.http;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.http.SystemPropertyTlsKeyManagersProvider;

/** How connections are made. One that was idle for two seconds is looked at before it is used again, as is HttpClient's way. */
final class Connections {
    /** A head and a small object go out together; what is larger than this is sent as it is, and never copied into it. */
    private static final int BUFFER = 16 << 10;

    private Connections() {}

    static PoolingHttpClientConnectionManager pool(HttpSettings settings) {
        Timeout silence = Timeout.of(settings.socketTimeout());
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom().setBufferSize(BUFFER).build())
                        .build())
                .setTlsSocketStrategy(tls(settings.trusted()))
                .setDnsResolver(settings.dns())
                .setMaxConnTotal(settings.maxConnections())
                .setMaxConnPerRoute(settings.maxConnections())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(silence).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(silence)
                        .build())
                .build();
    }

    /** @param trusted null for whom this Java trusts; who we are is what Java's system properties say */
    private static TlsSocketStrategy tls(TrustManager[] trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(SystemPropertyTlsKeyManagersProvider.create().keyManagers(), trusted, null);
            return new DefaultClientTlsStrategy(
                    context, HostnameVerificationPolicy.CLIENT, new DefaultHostnameVerifier());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot speak TLS", e);
        }
    }
}
