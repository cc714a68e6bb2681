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
import dev.wharf.s3.StoreAccess;
import dev.wharf.s3.StoreDirectory;
import java.util.Optional;

/** The way from a connection to its store. */
public final class ConnectionStores implements StoreDirectory {
    private final ConnectionTable table;
    private final ConnectionAccess access;
    private final ObjectStores stores;
    private final Settings.Storage baseStorage;
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
        this.access = new ConnectionAccess(table, rules, baseStorage);
        this.stores = stores;
        this.baseStorage = baseStorage;
        this.configuration = configuration;
        this.trail = trail;
    }

    @Override
    public ObjectStore store(Caller caller, Long connectionId) {
        ObjectStore store = trail.attempt(caller, Deed.on(connectionId, "open"), () -> open(caller, connectionId));
        return new AuditedStore(store, trail, caller, connectionId);
    }

    private ObjectStore open(Caller caller, Long connectionId) {
        configuration.requireS3(caller);
        if (connectionId == null) {
            return stores.open(access.ofBaseStorage());
        }
        return stores.open(access.of(caller, table.require(caller, connectionId)));
    }

    @Override
    public Optional<String> defaultBucket(Caller caller, Long connectionId) {
        if (connectionId == null) {
            return Optional.of(baseStorage.bucket()).filter(bucket -> baseStorage.configured());
        }
        return Optional.ofNullable(
                table.require(caller, connectionId).connection().bucket());
    }

    @Override
    public Optional<ObjectStore> ownStore(Long connectionId) {
        if (connectionId == null) {
            return baseStorage.configured() ? Optional.of(stores.open(access.ofBaseStorage())) : Optional.empty();
        }
        return table.find(connectionId)
                .flatMap(connection -> access.ofOwner(connection).map(access -> ownStore(connection, access)));
    }

    private ObjectStore ownStore(Connection connection, StoreAccess access) {
        return new AuditedStore(stores.open(access), trail, connection.owner(), connection.id());
    }
}
