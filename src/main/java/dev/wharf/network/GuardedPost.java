package dev.wharf.network;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends documents to addresses of others, and leads only where {@link EndpointRules} allow it, at each connect. It follows
 * nobody to another address, keeps no cookies, sends nothing a second time by itself, and does not read what it is answered.
 */
public final class GuardedPost implements AutoCloseable {
    private final CloseableHttpClient client;

    /** @param patience for a connection, and for each answer */
    public GuardedPost(EndpointRules rules, Duration patience) {
        var timeout = Timeout.of(patience);
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedDns(rules))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    /**
     * Sends a document.
     *
     * @param headers beside its type
     * @return the status of the answer
     * @throws ForbiddenAddressException if the host leads where nobody may
     */
    public int send(URI to, String json, Map<String, String> headers) throws IOException {
        var request = new HttpPost(to);
        headers.forEach(request::setHeader);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        try (var answer = client.executeOpen(null, request, null)) {
            return answer.getCode();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
