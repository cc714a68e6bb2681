package dev.wharf.s3.client;

import dev.wharf.network.CaCertificates;
import dev.wharf.network.EndpointRules;
import dev.wharf.network.GuardedDns;
import dev.wharf.store.StoreAccess;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Makes the HTTP clients, which lead only where they may, and trust whom they should. */
record SdkHttp(StoreSettings settings, EndpointRules rules) {
    /** A session is asked for by one thread at a time. */
    private static final int STS_CONNECTIONS = 2;

    /** Leads wherever the access says: base storage is the operator's own choice. */
    Apache5HttpClient.Builder open(StoreAccess access) {
        return trusting(access, plain());
    }

    /** Leads only where a person may send us. AWS's own names may lead to private addresses in a network of AWS. */
    Apache5HttpClient.Builder guarded(StoreAccess access) {
        return access.endpoint() == null ? open(access) : open(access).dnsResolver(new GuardedDns(rules));
    }

    /** To where roles are assumed: AWS, or one of the operator's own, which stands beside the store. */
    Apache5HttpClient.Builder sts(StoreAccess access, boolean custom) {
        var client = plain().maxConnections(STS_CONNECTIONS);
        return custom ? trusting(access, client.dnsResolver(new GuardedDns(rules))) : client;
    }

    private Apache5HttpClient.Builder plain() {
        return Apache5HttpClient.builder()
                .connectionTimeout(settings.connectTimeout())
                .socketTimeout(settings.socketTimeout())
                .maxConnections(settings.maxConnections());
    }

    private static Apache5HttpClient.Builder trusting(StoreAccess access, Apache5HttpClient.Builder client) {
        return access.caCertificates() == null
                ? client
                : client.tlsTrustManagersProvider(CaCertificates.of(access.caCertificates())::trustManagers);
    }
}
