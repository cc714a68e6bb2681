package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.WorkspaceConfiguration;
import dev.wharf.kernel.sql.Database;
import dev.wharf.storage.BaseStorage;
import dev.wharf.storage.BaseStorages;
import dev.wharf.storage.BucketFence;
import dev.wharf.storage.CallersStore;
import dev.wharf.storage.OwnObjects;
import dev.wharf.storage.OwnStore;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.Control;
import dev.wharf.store.EventQueue;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStores;
import dev.wharf.store.QueueUrl;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreAccess;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The way from a connection to its store. */
public final class ConnectionStores implements StoreDirectory {
    /** What is recorded where somebody is refused the store as such. */
    private static final String OPEN = "open";

    private final Database database;
    private final ConnectionTable table;
    private final ConnectionAccess access;
    private final ConnectionRules rules;
    private final ObjectStores stores;
    private final BaseStorages baseStorages;
    private final WorkspaceConfiguration configuration;
    private final AuditTrail trail;

    public ConnectionStores(
            Database database,
            ConnectionTable table,
            ObjectStores stores,
            ConnectionRules rules,
            BaseStorages baseStorages,
            WorkspaceConfiguration configuration,
            AuditTrail trail) {
        this.database = database;
        this.table = table;
        this.rules = rules;
        this.access = new ConnectionAccess(table, rules);
        this.stores = stores;
        this.baseStorages = baseStorages;
        this.configuration = configuration;
        this.trail = trail;
    }

    @Override
    public ObjectStore store(Caller caller, Long connectionId) {
        return trail.attempt(caller, AuditedAction.on(connectionId, OPEN), () -> open(caller, connectionId));
    }

    @Override
    public ObjectStore sources(Caller caller, Long connectionId) {
        if (connectionId != null || caller.isDataAdmin()) {
            return store(caller, connectionId);
        }
        var own = new OwnObjects(database, caller);
        return trail.attempt(
                caller, AuditedAction.on(null, OPEN), () -> base(caller, store -> new OwnStore(store, own)));
    }

    @Override
    public ObjectStore restorable(Caller caller, Long connectionId) {
        return trail.attempt(caller, AuditedAction.on(connectionId, OPEN), () -> {
            configuration.requireS3(caller);
            if (connectionId == null) {
                caller.requireWorkspaceAdmin("have archived objects of base storage restored");
                BaseStorage base = baseStorages.of(caller);
                return restorable(base.access(), base.fence(), caller, null);
            }
            GrantedConnection granted = table.require(caller, connectionId);
            granted.require(Grant.OWNER, "have archived objects restored");
            return restorable(access.of(caller, granted), BucketFence.NONE, caller, connectionId);
        });
    }

    private ObjectStore restorable(StoreAccess store, BucketFence fence, Caller caller, Long connectionId) {
        return new CallersStore(
                stores.open(store), fence, trail, caller, connectionId, EnumSet.of(Control.Kind.RESTORE));
    }

    @Override
    public EventQueue queue(Caller caller, long connectionId, QueueUrl url) {
        return trail.attempt(caller, AuditedAction.on(connectionId, OPEN), () -> {
            configuration.requireS3(caller);
            GrantedConnection granted = table.require(caller, connectionId);
            // Its key pair signs what is sent there, and whoever reads a queue takes its messages away.
            granted.require(Grant.OWNER, "have queues read with its key pair");
            StoreAccess store = access.of(caller, granted);
            rules.requireQueue(store, url);
            return stores.queue(store, url);
        });
    }

    @Override
    public void require(Caller caller, S3Uri uri) {
        trail.attempt(caller, new AuditedAction(OPEN, uri.connectionId(), uri.bucket(), null), () -> open(
                        caller, uri.connectionId())
                .require(uri.bucket()));
    }

    @Override
    public void keep(Caller caller, S3Uri uri) {
        if (uri.connectionId() != null) {
            table.keep(uri.connectionId());
        } else {
            baseStorages.keep(caller).fence().require(uri.bucket());
        }
    }

    private CallersStore open(Caller caller, Long connectionId) {
        if (connectionId == null) {
            return base(caller, UnaryOperator.identity());
        }
        configuration.requireS3(caller);
        StoreAccess store = access.of(caller, table.require(caller, connectionId));
        return new CallersStore(stores.open(store), BucketFence.NONE, trail, caller, connectionId);
    }

    private CallersStore base(Caller caller, UnaryOperator<ObjectStore> seen) {
        configuration.requireS3(caller);
        BaseStorage base = baseStorages.of(caller);
        return new CallersStore(seen.apply(stores.open(base.access())), base.fence(), trail, caller, null);
    }

    @Override
    public Optional<String> defaultBucket(Caller caller, Long connectionId) {
        if (connectionId == null) {
            return baseStorages.of(caller).defaultBucket();
        }
        return Optional.ofNullable(
                table.require(caller, connectionId).connection().bucket());
    }

    @Override
    public Optional<ObjectStore> ownStore(Long connectionId, String bucket) {
        if (connectionId == null) {
            return baseStorages.own(bucket).map(stores::open);
        }
        return table.find(connectionId)
                .flatMap(connection -> access.ofOwner(connection).map(access -> ownStore(connection, access)));
    }

    private ObjectStore ownStore(Connection connection, StoreAccess access) {
        return new CallersStore(stores.open(access), BucketFence.NONE, trail, connection.owner(), connection.id());
    }
}
