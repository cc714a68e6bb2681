package dev.wharf.parameters.environment;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.problem.Ids;
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

/** The rows of environment parameters, which everybody in their workspace sees. */
final class EnvironmentParameterTable {
    private final Database database;
    private final Clock clock;

    EnvironmentParameterTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What names a parameter.
     *
     * @param by which kind of object, as the API calls it
     * @param first the id of the oldest; 0 where there is none
     */
    record Uses(String by, long count, long first) {}

    long insert(Caller caller, String name, String value) {
        return database.insert(changing("parameters/insert", caller)
                .param("uuid", UUID.randomUUID().toString())
                .param("workspace", caller.workspaceId())
                .param("name", name)
                .param("value", value));
    }

    /**
     * @param believed when it must have been changed last; null for any time
     * @throws ProblemException 412 if it was changed since
     */
    void update(Caller caller, long id, String value, Timestamp believed) {
        int updated = changing("parameters/update", caller)
                .param("id", id)
                .param("value", value)
                .param("believed", believed, Types.TIMESTAMP)
                .update();
        IfMatch.requireWritten(updated, believed);
    }

    void delete(long id) {
        database.sql("parameters/delete").param("id", id).update();
    }

    /**
     * @throws ProblemException 404 if the workspace has none of that id
     */
    EnvironmentParameter require(Caller caller, long id) {
        return database.sql("parameters/find")
                .param("id", id)
                .param("workspace", caller.workspaceId())
                .query(EnvironmentParameterTable::row)
                .optional()
                .orElseThrow(() -> Ids.notFound("environment parameter", id));
    }

    List<EnvironmentParameter> list(Caller caller, ListQuery query, int limit, int offset) {
        return database.rows("parameters/all", query)
                .param("workspace", caller.workspaceId())
                .param("limit", limit)
                .param("offset", offset)
                .query(EnvironmentParameterTable::row)
                .list();
    }

    long count(Caller caller, ListQuery query) {
        return database.count("parameters/all", query)
                .param("workspace", caller.workspaceId())
                .query(Long.class)
                .single();
    }

    /** Of each kind of object, how many name a parameter. */
    List<Uses> uses(EnvironmentParameter parameter) {
        return database.sql("parameters/uses")
                .param("workspace", parameter.workspaceId())
                .param("used", "\"overrideKey\":\"" + parameter.name() + "\"")
                .query((row, number) ->
                        new Uses(row.getString("used_by"), row.getLong("uses"), row.getLong("first_id")))
                .list();
    }

    private JdbcClient.StatementSpec changing(String statement, Caller caller) {
        return database.sql(statement).param("person", caller.personId()).param("now", Timestamp.from(clock.instant()));
    }

    private static EnvironmentParameter row(ResultSet row, int number) throws SQLException {
        return new EnvironmentParameter(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("workspace_id"),
                row.getString("override_key"),
                row.getString("variable_value"),
                row.getLong("creator_id"),
                row.getLong("updater_id"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
