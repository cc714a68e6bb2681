package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin.Way;
import dev.wharf.identity.audit.AuditEvent.Outcome;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.WorkspaceConfiguration;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectStores;
import dev.wharf.store.StoreAccess;

/** Tries connections, saved or not yet ({@code domain.md} §2.3). */
public final class ConnectionTests {
    private final ConnectionTable table;
    private final ConnectionAccess access;
    private final ObjectStores stores;
    private final ConnectionRules rules;
    private final BucketRegions regions;
    private final WorkspaceConfiguration configuration;
    private final AuditTrail trail;

    public ConnectionTests(
            ConnectionTable table,
            ObjectStores stores,
            ConnectionRules rules,
            BucketRegions regions,
            WorkspaceConfiguration configuration,
            AuditTrail trail) {
        this.table = table;
        this.access = new ConnectionAccess(table, rules);
        this.stores = stores;
        this.rules = rules;
        this.regions = regions;
        this.configuration = configuration;
        this.trail = trail;
    }

    /**
     * Tries a saved connection with the caller's key pair, for a GET. What a browser fetches by itself may not write:
     * {@code write=true} is for callers who show who they are, as they did before there was {@link #test}.
     *
     * @throws ProblemException 400 for {@code write=true} in a session; else as {@link #test}
     */
    @Operation(value = "getConnectionStatus", waitsForStores = true)
    public TestReport status(Caller caller, long id, Query query) {
        if (query.flag("write") && caller.origin().way() == Way.SESSION) {
            throw ProblemException.invalid("write", "changes something, which a page asks for by POST to this address");
        }
        return saved(caller, id, query, "getConnectionStatus");
    }

    /**
     * Tries a saved connection with the caller's key pair.
     *
     * @throws ProblemException 404 if there is none that the caller may see; 400 if it has no key pair for the caller
     */
    @Operation(value = "testConnection", waitsForStores = true)
    public TestReport test(Caller caller, long id, Query query) {
        return saved(caller, id, query, "testConnection");
    }

    private TestReport saved(Caller caller, long id, Query query, String operation) {
        var action = AuditedAction.on(id, operation);
        return trail.attempt(caller, action, () -> {
            configuration.requireS3(caller);
            GrantedConnection granted = table.require(caller, id);
            var plan = TestPlan.of(query, id, granted.connection().bucket());
            return tried(caller, action, access.of(caller, granted), plan);
        });
    }

    private TestReport tried(Caller caller, AuditedAction action, StoreAccess store, TestPlan plan) {
        var place = plan.request();
        var report = TestReport.of(stores, store, plan);
        trail.note(
                caller,
                new AuditedAction(action.operation(), action.connectionId(), place.bucket(), place.prefix()),
                report.works() ? Outcome.SUCCESS : Outcome.FAILED,
                (place.write() ? "writing, " : "") + (store.endpoint() == null ? "AWS" : store.endpoint()) + ": "
                        + report.message());
        return report;
    }

    /**
     * Tries what would be registered, and registers nothing.
     *
     * @throws ProblemException as {@link Connections#create} does; 403 where the workspace's S3 connectivity is off
     */
    @Operation(value = "dryRunConnection", waitsForStores = true)
    public TestReport dryRun(Caller caller, ConnectionRequest request, Query query) {
        var action = AuditedAction.of("dryRunConnection");
        return trail.attempt(caller, action, () -> {
            configuration.requireS3(caller);
            rules.requireNew(caller, Json.present(request));
            var plan = TestPlan.of(query, null, request.bucket());
            var access = ConnectionAccess.of(caller, regions.locate(request));
            return tried(caller, action, access, plan);
        });
    }

    /**
     * Tries what a saved connection would become by a {@code PATCH}, and changes nothing. What the body does not name is as
     * it is saved, also the caller's key pair.
     *
     * @throws ProblemException as {@link ConnectionChanges#patch} does; 403 where the workspace's S3 connectivity is off, or
     *     for an administrator with whom it was not shared; 400 if it would have no key pair for the caller
     */
    @Operation(value = "dryRunPatchConnection", waitsForStores = true)
    public TestReport dryRunPatch(Caller caller, long id, ConnectionPatch patch, Query query) {
        var action = AuditedAction.on(id, "dryRunPatchConnection");
        return trail.attempt(caller, action, () -> {
            configuration.requireS3(caller);
            var revision = Revision.of(table, rules, caller, id, Json.present(patch), false);
            var located = regions.locate(revision.seen(), revision.request());
            var plan = TestPlan.of(query, id, located.bucket());
            return tried(caller, action, access.of(caller, revision, located), plan);
        });
    }
}
