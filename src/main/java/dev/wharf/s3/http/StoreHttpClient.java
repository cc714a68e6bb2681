package dev.wharf.s3.http;

import dev.wharf.network.BareHttp;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The SDK's requests over Apache HttpClient. Unlike the SDK's own wrapper of that library it sends bodies in large pieces,
 * asks for leave ({@code Expect: 100-continue}) only where the SDK does, and survives an {@link Error} within a request.
 */
final class StoreHttpClient implements SdkHttpClient {
    private final ConnectionPool connections;
    private final CloseableHttpClient client;

    StoreHttpClient(HttpSettings settings) {
        connections = new ConnectionPool(settings);
        client = BareHttp.over(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(HttpSettings.POOL_TIMEOUT))
                        .setResponseTimeout(Timeout.of(settings.socketTimeout()))
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setKeepAliveStrategy(new KeepAlive(settings.maxIdle()))
                .build();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new HttpCall(client, HttpRequests.of(request));
    }

    @Override
    public String clientName() {
        return "Apache5";
    }

    @Override
    public void close() {
        connections.shutDown();
    }
}
