package dev.wharf.testing.stub;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.security.Provider;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.conscrypt.Conscrypt;

/** A server's TLS by BoringSSL. Java's own takes minutes in tests, whose code is not compiled to use the processor's AES. */
final class NativeTls extends JdkSSLEngineOptions {
    static final Provider PROVIDER = Conscrypt.newProvider();

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
