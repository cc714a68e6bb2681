package dev.wharf.store;

import dev.wharf.store.StoreException.Kind;
import java.util.Optional;

/** Looks an object up by the means that the key pair has. */
public final class ObjectFinder {
    private ObjectFinder() {}

    /**
     * What the store says of an object; empty if there is none. Where {@code HEAD} is denied but listing is not, the
     * listing tells.
     *
     * @throws StoreException DENIED where both are denied; else as {@link ObjectStore#stat}, but never NOT_FOUND
     */
    public static Optional<ObjectInfo> find(ObjectStore store, String bucket, String key) {
        try {
            return Optional.of(store.stat(bucket, key));
        } catch (StoreException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            return listed(store, bucket, key, e);
        }
    }

    private static Optional<ObjectInfo> listed(ObjectStore store, String bucket, String key, StoreException denied) {
        // A key sorts before all that begin with it.
        try (var objects = store.walk(bucket, key)) {
            return objects.findFirst().filter(object -> object.key().equals(key));
        } catch (StoreException e) {
            throw e.kind() == Kind.DENIED ? denied : e;
        }
    }
}
