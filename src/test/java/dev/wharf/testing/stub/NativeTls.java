package dev.wharf.testing.stub;

import dev.wharf.network.Tls;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.security.Provider;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/**
 * A server's TLS by BoringSSL, as stores have libraries of its kind. Java's own takes minutes in tests, whose code is not
 * compiled to use the processor's AES, and would be what benchmarks measure.
 */
final class NativeTls extends JdkSSLEngineOptions {
    /** Java's own on a machine for which there is no BoringSSL. */
    static final Provider PROVIDER = Tls.NATIVE.context(null, null).getProvider();

    @Override
    public JdkSSLEngineOptions copy() {
        return new NativeTls();
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new SslContextFactory() {
            private KeyManagerFactory keys;

            @Override
            public SslContextFactory keyMananagerFactory(KeyManagerFactory factory) {
                keys = factory;
                return this;
            }

            @Override
            public SslContext create() throws SSLException {
                return SslContextBuilder.forServer(keys)
                        .sslContextProvider(PROVIDER)
                        .build();
            }
        };
    }
}
