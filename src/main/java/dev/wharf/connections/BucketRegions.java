package dev.wharf.connections;

import dev.wharf.credentials.Credential;
import dev.wharf.store.ObjectStores;
import java.util.Objects;
import java.util.Optional;

/** Finds the region of a connection's default bucket, where an operator has lifted that limit. */
public final class BucketRegions {
    private final ObjectStores stores;
    private final boolean enabled;

    public BucketRegions(ObjectStores stores, boolean enabled) {
        this.stores = stores;
        this.enabled = enabled;
    }

    /** The same with the region that the store tells; as it is if that is silent, or there is no bucket. */
    ConnectionRequest locate(ConnectionRequest request) {
        if (!enabled || request.bucket() == null) {
            return request;
        }
        return stores.region(ConnectionAccess.ofNobody(request.params()), request.bucket())
                .or(() -> askSigned(request))
                .map(region -> request.withParams(request.params().in(region)))
                .orElse(request);
    }

    /** Some stores tell only those whom they know. A role's session would be more than the question is worth. */
    private Optional<String> askSigned(ConnectionRequest request) {
        Credential credential = request.credential();
        return credential == null || credential.role() != null
                ? Optional.empty()
                : stores.region(ConnectionAccess.ofPair(request.params(), credential.pair()), request.bucket());
    }

    /** The same for a change: nothing is asked if it leads where the connection led before. */
    ConnectionRequest locate(Connection seen, ConnectionRequest request) {
        boolean moved = !Objects.equals(seen.bucket(), request.bucket())
                || !seen.params().equals(request.params());
        return moved ? locate(request) : request;
    }
}
