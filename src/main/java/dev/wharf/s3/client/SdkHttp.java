package dev.wharf.s3.client;

import dev.wharf.network.CaCertificates;
import dev.wharf.network.GuardedDns;
import dev.wharf.network.NetworkPolicy;
import dev.wharf.s3.http.HttpSettings;
import dev.wharf.store.StoreAccess;

/** Makes the HTTP clients, which lead only where they may, and trust whom they should. */
record SdkHttp(StoreSettings settings, NetworkPolicy policy) {
    /** A session is asked for by one thread at a time. */
    private static final int STS_CONNECTIONS = 2;

    /** Leads wherever the access says: base storage is the operator's own choice. */
    HttpSettings open(StoreAccess access) {
        return trusting(access, plain());
    }

    /** Leads only where a person may send us. AWS's own names may lead to private addresses in a network of AWS. */
    HttpSettings guarded(StoreAccess access) {
        return access.endpoint() == null ? open(access) : open(access).resolving(new GuardedDns(policy.rules()));
    }

    /** To where roles are assumed: AWS, or one of the operator's own, which stands beside the store. */
    HttpSettings sts(StoreAccess access, boolean custom) {
        var client = plain().connections(STS_CONNECTIONS);
        return custom ? trusting(access, client.resolving(new GuardedDns(policy.rules()))) : client;
    }

    private HttpSettings plain() {
        return new HttpSettings(settings.connectTimeout(), settings.socketTimeout(), settings.maxConnections())
                .encrypting(policy.tls());
    }

    private static HttpSettings trusting(StoreAccess access, HttpSettings client) {
        return access.caCertificates() == null
                ? client
                : client.trusting(CaCertificates.of(access.caCertificates()).trustManagers());
    }
}
