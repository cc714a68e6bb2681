package dev.wharf.s3.http;

import dev.wharf.network.Tls;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Where an HTTP client of the SDK's may lead, whom it trusts and how long it waits. The SDK makes the client of this, and
 * closes it.
 *
 * @param connectTimeout how long a connection may take
 * @param socketTimeout how long the other side may be silent
 * @param maxConnections open at one time; who needs one more waits {@link #POOL_TIMEOUT}
 * @param maxIdle after which a connection that nobody uses is closed
 * @param dns finds the addresses that are connected to
 * @param trusted null for whom this Java trusts
 * @param tls who encrypts
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration socketTimeout,
        int maxConnections,
        Duration maxIdle,
        DnsResolver dns,
        TrustManager[] trusted,
        Tls tls)
        implements SdkHttpClient.Builder<HttpSettings> {
    static final Duration POOL_TIMEOUT = Duration.ofSeconds(10);
    /** AWS closes connections that it sees idle for longer. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(60);

    /** Leads anywhere. */
    public HttpSettings(Duration connectTimeout, Duration socketTimeout, int maxConnections) {
        this(
                connectTimeout,
                socketTimeout,
                maxConnections,
                MAX_IDLE,
                SystemDefaultDnsResolver.INSTANCE,
                null,
                Tls.NATIVE);
    }

    /** The same with another {@link #maxConnections}. */
    public HttpSettings connections(int most) {
        return new HttpSettings(connectTimeout, socketTimeout, most, maxIdle, dns, trusted, tls);
    }

    /** The same with another {@link #dns}. */
    public HttpSettings resolving(DnsResolver other) {
        return new HttpSettings(connectTimeout, socketTimeout, maxConnections, maxIdle, other, trusted, tls);
    }

    /** The same with others that are {@link #trusted}. */
    public HttpSettings trusting(TrustManager[] managers) {
        return new HttpSettings(connectTimeout, socketTimeout, maxConnections, maxIdle, dns, managers, tls);
    }

    /** The same with another who encrypts. */
    public HttpSettings encrypting(Tls other) {
        return new HttpSettings(connectTimeout, socketTimeout, maxConnections, maxIdle, dns, trusted, other);
    }

    /** @param defaults of services that are not used here */
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
        return new StoreHttpClient(this);
    }
}
