package dev.wharf.network;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/** What is sent to addresses of others. */
public final class GuardedHttp {
    private static final int CONNECTIONS = 64;

    private GuardedHttp() {}

    /**
     * A {@linkplain BareHttp bare} client that leads only where {@link EndpointRules} allow it, at each connect.
     *
     * @param patience for a connection, and for each piece of an answer
     */
    public static HttpClientBuilder client(EndpointRules rules, Duration patience) {
        var timeout = Timeout.of(patience);
        return BareHttp.over(PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedDns(rules))
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build());
    }
}
