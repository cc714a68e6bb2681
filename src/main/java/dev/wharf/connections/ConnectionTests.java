package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin.Way;
import dev.wharf.identity.audit.AuditEvent.Outcome;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.WorkspaceConfiguration;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.JsonLines;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.BucketFence;
import dev.wharf.storage.CallersStore;
import dev.wharf.store.ObjectStores;
import dev.wharf.store.Place;
import dev.wharf.store.Probe;
import dev.wharf.store.ProbeReport;
import dev.wharf.store.StoreAccess;
import java.io.IOException;

/** Who may try connections, saved or not yet, and what they are told ({@code domain.md} §2.3). */
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
     * Lets a saved connection be tried with the caller's key pair, for a GET. What a browser fetches by itself may not write:
     * {@code write=true} is for callers who show who they are, as they did before there was {@link #test}.
     *
     * @throws ProblemException 400 for {@code write=true} in a session; else as {@link #test}
     */
    public ConnectionTrial status(Caller caller, long id, ConnectionRow found, Query query) {
        if (query.flag("write") && caller.origin().way() == Way.SESSION) {
            throw ProblemException.invalid("write", "changes something, which a page asks for by POST to this address");
        }
        return saved(caller, id, found, query, "getConnectionStatus");
    }

    /**
     * Lets a saved connection be tried with the caller's key pair.
     *
     * @param found the connection of this number for the caller, or null
     * @throws ProblemException 404 if there is none that the caller may see; 400 if it has no key pair for the caller
     */
    public ConnectionTrial test(Caller caller, long id, ConnectionRow found, Query query) {
        return saved(caller, id, found, query, "testConnection");
    }

    private ConnectionTrial saved(Caller caller, long id, ConnectionRow found, Query query, String operation) {
        var action = AuditedAction.on(id, operation);
        return trail.attempt(caller, action, () -> {
            configuration.requireS3(caller);
            GrantedConnection granted = ConnectionTable.require(caller, id, found);
            var plan = TestPlan.of(query, id, granted.connection().bucket());
            StoreAccess used = access.of(caller, granted);
            var store = new CallersStore(stores.open(used), BucketFence.NONE, trail, caller, id);
            return new ConnectionTrial(action, new Probe(stores, used, plan.request()), store);
        });
    }

    /**
     * Lets what would be registered be tried; nothing is registered.
     *
     * @throws ProblemException as {@link Connections#create} does; 403 where the workspace's S3 connectivity is off
     */
    public ConnectionTrial dryRun(Caller caller, ConnectionRequest request, Query query) {
        var action = AuditedAction.of("dryRunConnection");
        return trail.attempt(caller, action, () -> {
            configuration.requireS3(caller);
            rules.requireNew(caller, request);
            var plan = TestPlan.of(query, null, request.bucket());
            var access = ConnectionAccess.of(caller, regions.locate(request));
            return new ConnectionTrial(action, new Probe(stores, access, plan.request()), null);
        });
    }

    /**
     * Lets be tried what a saved connection would become by a {@code PATCH}; nothing is changed. What the body does not name is
     * as it is saved, also the caller's key pair.
     *
     * @throws ProblemException as {@link ConnectionChanges#patch} does; 403 where the workspace's S3 connectivity is off, or
     *     for an administrator with whom it was not shared; 400 if it would have no key pair for the caller
     */
    public ConnectionTrial dryRunPatch(Caller caller, long id, ConnectionPatch patch, Query query) {
        var action = AuditedAction.on(id, "dryRunPatchConnection");
        return trail.attempt(caller, action, () -> {
            configuration.requireS3(caller);
            var revision = Revision.of(table, rules, caller, id, patch, false);
            var located = regions.locate(revision.seen(), revision.request());
            var plan = TestPlan.of(query, id, located.bucket());
            var used = access.of(caller, revision, located);
            return new ConnectionTrial(action, new Probe(stores, used, plan.request()), null);
        });
    }

    /** Where the probe has left something that the connection can remove; null where nothing is. */
    public Place left(ConnectionTrial trial, ProbeReport found) {
        return trial.left(found);
    }

    /**
     * The same trial, told while it goes on where the caller wants lines.
     *
     * @param mediaType to answer in
     */
    public ConnectionTrial told(ConnectionTrial trial, String mediaType, Answer answer) {
        return JsonLines.TYPE.equals(mediaType) ? trial.told(new TestLines(answer)) : trial;
    }

    /**
     * Records that a connection was tried, and tells what was found.
     *
     * @return null where it went out as lines
     */
    public TestReport report(Caller caller, ConnectionTrial trial, ProbeReport found) throws IOException {
        var place = trial.probe().request();
        var endpoint = trial.probe().access().endpoint();
        var report = TestReport.of(found);
        trail.note(
                caller,
                new AuditedAction(
                        trial.action().operation(), trial.action().connectionId(), place.bucket(), place.prefix()),
                report.works() ? Outcome.SUCCESS : Outcome.FAILED,
                (place.write() ? "writing, " : "") + (endpoint == null ? "AWS" : endpoint) + ": " + report.message());
        if (trial.lines() != null) {
            trial.lines().end(report);
            return null;
        }
        return report;
    }
}
