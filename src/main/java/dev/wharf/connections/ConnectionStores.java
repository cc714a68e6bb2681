package dev.wharf.connections;

import dev.wharf.identity.AuditTrail;
import dev.wharf.identity.Caller;
import dev.wharf.identity.Deed;
import dev.wharf.identity.WorkspaceConfiguration;
import dev.wharf.kernel.Database;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.Settings;
import dev.wharf.s3.ObjectStore;
import dev.wharf.s3.ObjectStores;
import dev.wharf.s3.S3Uri;
import dev.wharf.s3.StoreAccess;
import dev.wharf.s3.StoreDirectory;
import java.util.Optional;

/** The way from a connection to its store. */
public final class ConnectionStores implements StoreDirectory {
    private final ConnectionTable table;
    private final ConnectionAccess access;
    private final ObjectStores stores;
    private final BaseStorage baseStorage;
    private final WorkspaceConfiguration configuration;
    private final AuditTrail trail;

    public ConnectionStores(
            Database database,
            Secrets secrets,
            ObjectStores stores,
            ConnectionRules rules,
            Settings.Storage baseStorage,
            WorkspaceConfiguration configuration,
            AuditTrail trail) {
        this.table = new ConnectionTable(database, secrets);
        this.access = new ConnectionAccess(table, rules);
        this.stores = stores;
        this.baseStorage = new BaseStorage(new AwsConfigTable(database, secrets), rules, baseStorage);
        this.configuration = configuration;
        this.trail = trail;
    }

    @Override
    public ObjectStore store(Caller caller, Long connectionId) {
        ObjectStore store = trail.attempt(caller, Deed.on(connectionId, "open"), () -> open(caller, connectionId));
        BucketFence fence = connectionId == null ? baseStorage.fence(caller) : BucketFence.NONE;
        return new CallersStore(store, fence, trail, caller, connectionId);
    }

    @Override
    public void require(Caller caller, S3Uri uri) {
        StoreDirectory.super.require(caller, uri);
        if (uri.connectionId() == null) {
            baseStorage.fence(caller).require(uri.bucket());
        }
    }

    private ObjectStore open(Caller caller, Long connectionId) {
        configuration.requireS3(caller);
        if (connectionId == null) {
            return stores.open(baseStorage.access(caller));
        }
        return stores.open(access.of(caller, table.require(caller, connectionId)));
    }

    @Override
    public Optional<String> defaultBucket(Caller caller, Long connectionId) {
        if (connectionId == null) {
            return baseStorage.defaultBucket(caller);
        }
        return Optional.ofNullable(
                table.require(caller, connectionId).connection().bucket());
    }

    @Override
    public Optional<ObjectStore> ownStore(Long connectionId, String bucket) {
        if (connectionId == null) {
            return baseStorage.own(bucket).map(stores::open);
        }
        return table.find(connectionId)
                .flatMap(connection -> access.ofOwner(connection).map(access -> ownStore(connection, access)));
    }

    private ObjectStore ownStore(Connection connection, StoreAccess access) {
        return new CallersStore(stores.open(access), BucketFence.NONE, trail, connection.owner(), connection.id());
    }
}
