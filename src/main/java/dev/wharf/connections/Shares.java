package dev.wharf.connections;

import dev.wharf.connections.ShareRequest.Share;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * With whom connections are shared ({@code domain.md} §2.5). Nobody gives more than they have, and a share never takes
 * away: who had more keeps it.
 */
public final class Shares {
    private static final String SHARE = "shareConnection";
    private static final String REVOKE = "revokeConnectionPermission";

    private final Database database;
    private final ConnectionTable table;
    private final AuditTrail trail;
    private final Clock clock;

    public Shares(Database database, ConnectionTable table, AuditTrail trail, Clock clock) {
        this.database = database;
        this.table = table;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Shares the connection of a path.
     *
     * @return the shares that were asked for, as they are now
     * @throws ProblemException 404 if the caller has no such connection; 403 if they give more than they have; 400 if
     *     somebody is no member of the workspace, or the owner. Then nothing was shared
     */
    @Operation("shareConnection")
    public Page<ShareView> share(Caller caller, long id, ShareRequest request) {
        request.requireNamed(id);
        return share(caller, id, request.shares());
    }

    /** Shares the connection that the body names. */
    @Operation("shareNamedConnection")
    public Page<ShareView> shareNamed(Caller caller, ShareRequest request) {
        return share(caller, request.namedConnection(), request.shares());
    }

    private Page<ShareView> share(Caller caller, long id, List<Share> shares) {
        return trail.attempt(caller, AuditedAction.on(id, SHARE), () -> insert(caller, id, shares));
    }

    private Page<ShareView> insert(Caller caller, long id, List<Share> shares) {
        GrantedConnection granted = table.require(caller, id);
        for (Share share : shares) {
            granted.require(share.grant(), "make somebody its " + share.grant().columnValue());
            requireMember(granted.connection(), share.personId());
        }
        database.inTransaction(() -> {
            Map<Long, Grant> before = grants(id);
            shares.forEach(share -> give(id, before, share));
            trail.record(
                    caller,
                    AuditedAction.on(id, SHARE),
                    shares.stream()
                            .map(Share::personId)
                            .map(person -> "person " + person + " "
                                    + before.get(person).columnValue())
                            .collect(Collectors.joining(", ")));
        });
        var asked = shares.stream().map(Share::personId).collect(Collectors.toSet());
        return new Page<>(
                of(id).stream().filter(share -> asked.contains(share.id())).toList(), null);
    }

    /**
     * @param found the connection of this number for the caller, or null
     * @throws ProblemException 404 if the caller has no such connection
     */
    public void requireSeen(Caller caller, long id, ConnectionRow found) {
        ConnectionTable.require(caller, id, found);
    }

    /** Those with whom a connection is shared; not its owner. */
    public Page<ShareView> page(long id, List<ShareRow> rows) {
        return new Page<>(rows.stream().map(row -> row.view(id)).toList(), null);
    }

    /**
     * Takes a connection from a person. Anybody may give up their own.
     *
     * @throws ProblemException 404 if it is not shared with them; 403 if it is another's share and the caller no editor
     */
    @Operation("revokeConnectionPermission")
    public void revoke(Caller caller, long id, long personId) {
        trail.attempt(caller, AuditedAction.on(id, REVOKE), () -> take(caller, id, personId));
    }

    /** Takes the connection that the body names from everybody in it, or from nobody. */
    @Operation("revokeNamedConnection")
    public void revokeNamed(Caller caller, ShareRequest request) {
        long connectionId = request.namedConnection();
        List<Long> people = request.people();
        trail.attempt(
                caller,
                AuditedAction.on(connectionId, REVOKE),
                () -> database.inTransaction(() -> people.forEach(person -> take(caller, connectionId, person))));
    }

    private void take(Caller caller, long id, long personId) {
        GrantedConnection granted = table.require(caller, id);
        if (personId != caller.personId()) {
            granted.require(Grant.EDITOR, "take it from somebody");
        }
        database.inTransaction(() -> {
            int revoked = database.sql("connections/delete-share")
                    .param("connection", id)
                    .param("person", personId)
                    .update();
            if (revoked == 0) {
                throw new ProblemException(
                        Problem.NOT_FOUND, "Connection " + id + " is not shared with person " + personId);
            }
            // Their own key pair goes with it, unless they can still use it there.
            if (!granted.connection().isGlobal()) {
                database.sql("connections/delete-credential")
                        .param("connection", id)
                        .param("person", personId)
                        .update();
            }
            trail.record(caller, AuditedAction.on(id, REVOKE), "person " + personId);
        });
    }

    private void requireMember(Connection connection, long personId) {
        if (personId == connection.ownerId()) {
            throw ProblemException.invalid("person", personId + " owns the connection already");
        }
        long members = database.sql("connections/count-members")
                .param("workspace", connection.workspaceId())
                .param("person", personId)
                .query(Long.class)
                .single();
        if (members == 0) {
            throw ProblemException.invalid("person", personId + " is no member of this workspace");
        }
    }

    private Map<Long, Grant> grants(long connectionId) {
        Map<Long, Grant> grants = new HashMap<>();
        database.sql("connections/shares").param("connection", connectionId).query(row -> {
            grants.put(row.getLong("id"), Grant.ofColumn(row.getString("grant_name")));
        });
        return grants;
    }

    /** @param before what everybody has, kept true */
    private void give(long connectionId, Map<Long, Grant> before, Share share) {
        Grant had = before.get(share.personId());
        if (had == null || !had.includes(share.grant())) {
            database.sql(had == null ? "connections/insert-share" : "connections/update-share")
                    .param("connection", connectionId)
                    .param("person", share.personId())
                    .param("grant", share.grant().columnValue())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            before.put(share.personId(), share.grant());
        }
    }

    private List<ShareView> of(long connectionId) {
        return database
                .sql("connections/shares")
                .param("connection", connectionId)
                .query(ShareRow.class)
                .list()
                .stream()
                .map(row -> row.view(connectionId))
                .toList();
    }
}
