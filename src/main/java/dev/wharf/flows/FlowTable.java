package dev.wharf.flows;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of flows. A person sees their own, an administrator all of the workspace. */
final class FlowTable {
    private final Database database;
    private final Clock clock;

    FlowTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    long insert(Caller caller, String name, String description) {
        return database.insert(named(changing("flows/insert", caller), name, description)
                .param("uuid", UUID.randomUUID().toString())
                .param("workspace", caller.workspaceId()));
    }

    /**
     * @throws ProblemException 404 if there is none that the caller may see; 410 if it was deleted
     */
    Flow require(Caller caller, long id) {
        Flow flow = VisibleRows.of(database.sql("flows/find"), caller)
                .param("id", id)
                .query(FlowTable::row)
                .optional()
                .orElseThrow(() -> Ids.notFound("flow", id));
        if (flow.deletedAt() != null) {
            throw gone(id);
        }
        return flow;
    }

    List<Flow> list(Caller caller, ListQuery query, int limit, int offset) {
        return VisibleRows.of(database.rows("flows/visible", query), caller)
                .param("limit", limit)
                .param("offset", offset)
                .query(FlowTable::row)
                .list();
    }

    long count(Caller caller, ListQuery query) {
        return VisibleRows.of(database.count("flows/visible", query), caller)
                .query(Long.class)
                .single();
    }

    /**
     * Notes that what stands in a flow is changed, and keeps others from changing it until the transaction ends.
     *
     * @throws ProblemException 410 if it was deleted
     */
    void touch(Caller caller, long id) {
        touch(caller, id, null);
    }

    /**
     * @param believed when it must have been changed last; null for any time
     * @throws ProblemException 410 if it was deleted; 412 if it was changed since
     */
    void touch(Caller caller, long id, Timestamp believed) {
        int touched = changing("flows/touch", caller)
                .param("id", id)
                .param("believed", believed, Types.TIMESTAMP)
                .update();
        if (touched == 0 && believed != null) {
            require(caller, id);
            throw IfMatch.changed();
        }
        requireChanged(id, touched);
    }

    /**
     * @throws ProblemException 410 if it was deleted
     */
    void rename(Caller caller, long id, String name, String description) {
        requireChanged(
                id,
                named(changing("flows/rename", caller), name, description)
                        .param("id", id)
                        .update());
    }

    /**
     * @throws ProblemException 410 if it was deleted
     */
    void delete(Caller caller, long id) {
        requireChanged(id, changing("flows/delete", caller).param("id", id).update());
    }

    private static void requireChanged(long id, int rows) {
        if (rows == 0) {
            throw gone(id);
        }
    }

    private static ProblemException gone(long id) {
        return new ProblemException(Problem.GONE, "The flow " + id + " was deleted");
    }

    private JdbcClient.StatementSpec changing(String statement, Caller caller) {
        return database.sql(statement).param("person", caller.personId()).param("now", Timestamp.from(clock.instant()));
    }

    private static JdbcClient.StatementSpec named(JdbcClient.StatementSpec statement, String name, String description) {
        return statement.param("name", name).param("description", description, Types.VARCHAR);
    }

    private static Flow row(ResultSet row, int number) throws SQLException {
        var deletedAt = row.getTimestamp("deleted_at");
        return new Flow(
                row.getLong("id"),
                row.getString("uuid"),
                row.getString("name"),
                row.getString("description"),
                Stamp.of(row),
                deletedAt == null ? null : deletedAt.toInstant());
    }
}
