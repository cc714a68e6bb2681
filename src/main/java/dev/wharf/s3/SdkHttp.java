package dev.wharf.s3;

import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Makes the HTTP clients, which lead only where they may. */
record SdkHttp(StoreSettings settings, EndpointRules rules) {
    /** A session is asked for by one thread at a time. */
    private static final int STS_CONNECTIONS = 2;

    /** Leads wherever the access says: base storage is the operator's own choice. */
    Apache5HttpClient.Builder open() {
        return Apache5HttpClient.builder()
                .connectionTimeout(settings.connectTimeout())
                .socketTimeout(settings.socketTimeout())
                .maxConnections(settings.maxConnections());
    }

    /** Leads only where a person may send us. AWS's own names may lead to private addresses in a network of AWS. */
    Apache5HttpClient.Builder guarded(boolean custom) {
        return custom ? open().dnsResolver(new GuardedDns(rules)) : open();
    }

    /** To where roles are assumed. */
    Apache5HttpClient.Builder sts(boolean custom) {
        return guarded(custom).maxConnections(STS_CONNECTIONS);
    }
}
