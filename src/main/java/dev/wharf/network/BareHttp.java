package dev.wharf.network;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;

/** HTTP and nothing else. */
public final class BareHttp {
    private BareHttp() {}

    /**
     * A client that follows nobody to another address, knows no proxy, keeps no cookies, sends nothing a second time by
     * itself, and unpacks no answer: a small one may be a large one inside.
     */
    public static HttpClientBuilder over(HttpClientConnectionManager connections) {
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent();
    }
}
