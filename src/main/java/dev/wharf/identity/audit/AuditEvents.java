package dev.wharf.identity.audit;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Fields;
import dev.wharf.kernel.api.JsonLines;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was recorded in a workspace, for its administrators; of a connection, for its owner as well. */
public final class AuditEvents {
    private static final int PAGE = 1_000;

    private final Fields fields = new Fields();
    private final Database database;
    private final AuditTrail trail;

    public AuditEvents(Database database, AuditTrail trail) {
        this.database = database;
        this.trail = trail;
    }

    /**
     * A page, newest first. What this process has noted is among it; that of other processes is within a second.
     *
     * @param query {@link AuditFilter}'s, and those of lists ({@code domain.md} §3.1)
     * @throws ProblemException 403 for anybody but an administrator, or the owner of {@code connectionId}; 400 if the query is malformed
     */
    public Page<AuditEvent> list(Caller caller, Query query) {
        AuditFilter filter = filter(caller, query);
        return Page.of(
                query, (limit, offset) -> rows(filter, filter.list(), filter.after(), limit, offset), () -> filter.bind(
                                database.count("identity/audit-events", filter.list()), filter.after())
                        .query(Long.class)
                        .single());
    }

    /**
     * All of it, or the first {@code limit}, one a line, oldest first, whatever there is: memory stays flat. A browser that
     * follows a link keeps it as a file.
     *
     * @throws ProblemException as {@link #list}; 400 for {@code sort} and {@code offset}, which are for pages
     */
    public void stream(Caller caller, Query query, Answer answer) throws ClientGoneException {
        AuditFilter filter = filter(caller, query);
        for (String name : List.of("sort", "offset")) {
            if (query.get(name).isPresent()) {
                throw ProblemException.invalid(
                        name, "is for pages: lines come oldest first, and go on behind after=<id>");
            }
        }
        int limit = query.number("limit", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        answer.header("content-disposition", "attachment; filename=\"audit-events.ndjson\"");
        JsonLines.send(answer, lines -> stream(filter, query, limit, answer, lines));
    }

    private void stream(AuditFilter filter, Query query, int limit, Answer answer, JsonLines lines) throws IOException {
        ListQuery oldestFirst = filter.list().byId();
        long after = filter.after();
        int left = limit;
        List<AuditEvent> page;
        do {
            page = rows(filter, oldestFirst, after, Math.min(left, PAGE), 0);
            for (AuditEvent event : page) {
                lines.write(fields.select(query, event));
                after = event.id();
            }
            lines.flush();
            if (answer.isGone()) {
                throw new ClientGoneException("The client has gone");
            }
            left -= page.size();
        } while (left > 0 && page.size() == PAGE);
    }

    /**
     * What was done on behalf of one request or job, oldest first, as far as the caller may see it: administrators all, others
     * what concerns connections of their own.
     *
     * @param requestId {@code jobGroup/<id>} for a job
     * @param after the id of the last event of the page before; 0 for the first page
     * @return a page; the last one is empty
     */
    public List<AuditEvent> of(Caller caller, String requestId, long after) {
        trail.write();
        return VisibleRows.of(database.sql("identity/audit-events-of-request"), caller)
                .param("request", requestId)
                .param("after", after)
                .query(AuditEvents::row)
                .list();
    }

    private AuditFilter filter(Caller caller, Query query) {
        AuditFilter filter = AuditFilter.of(caller.workspaceId(), query);
        if (!caller.isWorkspaceAdmin() && !owns(caller, filter.connectionId())) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "Only a member with the role " + Caller.WORKSPACE_ADMIN + " may read all audit events; others read"
                            + " those of a connection that they own: connectionId=<id>");
        }
        trail.write();
        return filter;
    }

    /** Also where it has been deleted since. */
    private boolean owns(Caller caller, long connectionId) {
        return database.sql("identity/count-owned-connection")
                        .param("id", connectionId)
                        .param("person", caller.personId())
                        .param("workspace", caller.workspaceId())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private List<AuditEvent> rows(AuditFilter filter, ListQuery list, long after, int limit, int offset) {
        JdbcClient.StatementSpec statement = filter.bind(database.rows("identity/audit-events", list), after);
        return statement
                .param("limit", limit)
                .param("offset", offset)
                .query(AuditEvents::row)
                .list();
    }

    private static AuditEvent row(ResultSet row, int number) throws SQLException {
        return new AuditEvent(
                row.getLong("id"),
                row.getTimestamp("occurred_at").toInstant(),
                row.getString("operation"),
                row.getString("outcome"),
                reference(row, "actor_id"),
                new AuditEvent.Member(row.getLong("person_id"), row.getString("email")),
                row.getString("via"),
                reference(row, "connection_id"),
                row.getString("bucket"),
                row.getString("object_key"),
                row.getString("detail"),
                row.getString("request_id"));
    }

    private static Reference reference(ResultSet row, String column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : new Reference(id);
    }
}
