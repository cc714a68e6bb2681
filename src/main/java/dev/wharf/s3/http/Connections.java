package dev.wharf.s3.http;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;

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
                .setTlsSocketStrategy(new LateTls(settings))
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
}
