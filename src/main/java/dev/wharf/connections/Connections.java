package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.store.ObjectStores;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;

/** The registry of connections. */
public final class Connections {
    private final Database database;
    private final ConnectionTable table;
    private final Executions executions;
    private final ObjectStores stores;
    private final ConnectionRules rules;
    private final BucketRegions regions;
    private final AuditTrail trail;
    private final Clock clock;

    public Connections(
            Database database,
            ConnectionTable table,
            Executions executions,
            ObjectStores stores,
            ConnectionRules rules,
            BucketRegions regions,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.table = table;
        this.executions = executions;
        this.stores = stores;
        this.rules = rules;
        this.regions = regions;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Registers a connection for the caller.
     *
     * @param executionId {@code x-execution-id}, or null: the same one again registers nothing
     * @throws ProblemException 403 for a public connection by one who is no administrator; 409 if the caller has
     *     another one of that name
     */
    @Operation(value = "createConnection", waitsForStores = true)
    public ConnectionView create(Caller caller, ConnectionRequest request, String executionId) {
        return trail.attempt(caller, AuditedAction.of("createConnection"), () -> insert(caller, request, executionId));
    }

    private ConnectionView insert(Caller caller, ConnectionRequest request, String executionId) {
        rules.requireNew(caller, request);
        ConnectionRequest located = regions.locate(request);
        try {
            // The request's text shows no secret.
            return executions.once(caller.workspaceId(), caller.personId(), executionId, request.toString(), () -> {
                long id = table.insert(
                        UUID.randomUUID().toString(),
                        caller.workspaceId(),
                        caller.personId(),
                        located,
                        clock.instant());
                trail.record(caller, AuditedAction.on(id, "createConnection"), request.name());
                return ConnectionViews.ofNew(table.find(id).orElseThrow());
            });
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new ProblemException(
                        Problem.CONFLICT, "name: you already have a connection named \"" + request.name() + "\"");
            }
            throw e;
        }
    }

    /**
     * The caller's connections, the public ones and those shared with them; all of the workspace for an administrator.
     *
     * @param query those of lists; {@code embed}
     * @throws ProblemException 400 if the query is malformed
     */
    @Operation("listConnections")
    public Page<ConnectionView> list(Caller caller, Query query) {
        var listed = ConnectionList.of(query);
        var views = new ConnectionViews(table, caller, query);
        return Page.of(
                query,
                (limit, offset) -> views.of(table.visible(caller, listed, limit, offset)),
                () -> table.countVisible(caller, listed));
    }

    /** How many rows {@link #list} has in all. */
    @Operation("countConnections")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.countVisible(caller, ConnectionList.of(query)));
    }

    /**
     * @param query {@code embed} as for {@link #list}
     * @throws ProblemException 404 if there is none that the caller may see
     */
    @Operation("getConnection")
    public ConnectionView get(Caller caller, long id, Query query) {
        var views = new ConnectionViews(table, caller, query);
        return views.of(List.of(table.require(caller, id))).get(0);
    }

    /**
     * What would keep it from being deleted, at most a hundred.
     *
     * @throws ProblemException 403 if it is somebody else's and the caller no administrator
     */
    @Operation("listConnectionUses")
    public Map<String, List<ConnectionUse>> uses(Caller caller, long id) {
        requireDeletable(caller, id);
        return Map.of("data", table.users(id));
    }

    /**
     * Deletes a connection and destroys its key pairs.
     *
     * @throws ProblemException 403 if it is somebody else's and the caller no administrator; 409 if datasets,
     *     output objects, schedules or jobs use it
     */
    @Operation("deleteConnection")
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.on(id, "deleteConnection"), () -> deleteUnused(caller, id));
    }

    private void deleteUnused(Caller caller, long id) {
        Connection connection = requireDeletable(caller, id);
        database.inTransaction(() -> {
            // Deleted first: who is about to use it waits for the end of this, or this for theirs.
            table.delete(id, clock.instant());
            requireUnused(id);
            trail.record(caller, AuditedAction.on(connection.id(), "deleteConnection"), connection.name());
        });
        stores.forget(connection.id());
    }

    private Connection requireDeletable(Caller caller, long id) {
        GrantedConnection granted = table.require(caller, id);
        granted.require(Grant.OWNER, "delete it");
        return granted.connection();
    }

    private void requireUnused(long id) {
        List<ConnectionUse> users = table.users(id);
        if (!users.isEmpty()) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "Connection " + id + " is used by "
                            + users.stream().map(ConnectionUse::words).collect(Collectors.joining(", "))
                            + "; delete the datasets, output objects and schedules, or change the schedules, and wait for"
                            + " the jobs first");
        }
    }
}
