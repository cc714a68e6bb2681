package dev.wharf.publishing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wharf.identity.Caller;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectStore;
import java.time.Duration;
import java.util.Optional;

/**
 * The same stores, found once a second only: a job of a thousand files asks for the same two for each of them. Who loses a
 * connection publishes through it for that second at most.
 */
final class RecentStores implements StoreDirectory {
    private static final Duration LIFETIME = Duration.ofSeconds(1);
    private static final int MOST = 1_000;

    /** @param named whether it is opened for what somebody names */
    private record Place(Caller caller, Long connectionId, boolean named) {}

    private final StoreDirectory stores;
    private final Cache<Place, ObjectStore> recent = Caffeine.newBuilder()
            .expireAfterWrite(LIFETIME)
            .maximumSize(MOST)
            .executor(Runnable::run)
            .build();

    RecentStores(StoreDirectory stores) {
        this.stores = stores;
    }

    @Override
    public ObjectStore store(Caller caller, Long connectionId) {
        return recent.get(new Place(caller, connectionId, false), place -> stores.store(caller, connectionId));
    }

    @Override
    public ObjectStore sources(Caller caller, Long connectionId) {
        return recent.get(new Place(caller, connectionId, true), place -> stores.sources(caller, connectionId));
    }

    @Override
    public Optional<String> defaultBucket(Caller caller, Long connectionId) {
        return stores.defaultBucket(caller, connectionId);
    }

    @Override
    public Optional<ObjectStore> ownStore(Long connectionId, String bucket) {
        return stores.ownStore(connectionId, bucket);
    }
}
