package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.WorkspaceConfiguration;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.AwsConfigChanges;
import dev.wharf.storage.AwsConfigRequest;
import dev.wharf.storage.BaseStorage;
import dev.wharf.store.ObjectStores;
import dev.wharf.store.Probe;
import dev.wharf.store.StoreAccess;
import java.util.function.Supplier;

/** Lets base storage be tried with what it would be used with, as a connection is. */
public final class BaseStorageTests {
    private final AwsConfigChanges changes;
    private final ObjectStores stores;
    private final WorkspaceConfiguration configuration;
    private final AuditTrail trail;

    public BaseStorageTests(
            AwsConfigChanges changes, ObjectStores stores, WorkspaceConfiguration configuration, AuditTrail trail) {
        this.changes = changes;
        this.stores = stores;
        this.configuration = configuration;
        this.trail = trail;
    }

    /**
     * What would be stored for the workspace, or a person.
     *
     * @throws ProblemException as {@link AwsConfigChanges#create} does; 403 where the workspace's S3 connectivity is off
     */
    public ConnectionTrial dryRun(Caller caller, AwsConfigRequest request, Query query) {
        return trial(caller, "dryRunAwsConfig", query, () -> changes.created(caller, request));
    }

    /** What one that is stored would become: what is missing or masked is as it is stored. */
    public ConnectionTrial dryRunPut(Caller caller, long id, AwsConfigRequest request, Query query) {
        return trial(caller, "dryRunPutAwsConfig", query, () -> changes.updated(caller, id, request));
    }

    private ConnectionTrial trial(Caller caller, String operation, Query query, Supplier<BaseStorage> wanted) {
        var action = AuditedAction.of(operation);
        return trail.attempt(caller, action, () -> {
            configuration.requireS3(caller);
            BaseStorage storage = wanted.get();
            StoreAccess access = storage.access();
            var plan = TestPlan.of(query, null, storage.defaultBucket().orElseThrow());
            return new ConnectionTrial(action, new Probe(stores, access, plan.request()), null);
        });
    }
}
