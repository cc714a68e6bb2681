package dev.wharf.flows;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
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

/** The rows of outputs, of all flows that somebody sees. To be changed by whoever has touched the flow. */
final class OutputTable {
    private final Database database;
    private final Clock clock;

    OutputTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return its id */
    long insert(Caller caller, long recipe, boolean adhoc, boolean profiler, String name, String description) {
        return database.insert(told(changing("flows/insert-output", caller), profiler, name, description)
                .param("uuid", UUID.randomUUID().toString())
                .param("recipe", recipe)
                .param("adhoc", adhoc));
    }

    void update(Caller caller, long id, boolean profiler, String name, String description) {
        told(changing("flows/update-output", caller), profiler, name, description)
                .param("id", id)
                .update();
    }

    /** Notes that one of its write settings is changed: they are a part of it, and sent with it. */
    void touch(Caller caller, long id) {
        changing("flows/touch-output", caller).param("id", id).update();
    }

    /**
     * @throws ProblemException 404 if there is none that the caller may see; 410 if it was deleted
     */
    Output require(Caller caller, long id) {
        return VisibleRows.of(database.sql("flows/find-output"), caller)
                .param("id", id)
                .query(OutputTable::row)
                .optional()
                .orElseThrow(() -> wasDeleted(caller, id)
                        ? new ProblemException(Problem.GONE, "The output object " + id + " was deleted")
                        : Ids.notFound("output object", id));
    }

    private boolean wasDeleted(Caller caller, long id) {
        return VisibleRows.of(database.sql("flows/count-deleted-output"), caller)
                        .param("id", id)
                        .query(Long.class)
                        .single()
                > 0;
    }

    List<Output> list(Caller caller, ListQuery query, int limit, int offset) {
        return VisibleRows.of(database.rows("flows/visible-outputs", query), caller)
                .param("limit", limit)
                .param("offset", offset)
                .query(OutputTable::row)
                .list();
    }

    long count(Caller caller, ListQuery query) {
        return VisibleRows.of(database.count("flows/visible-outputs", query), caller)
                .query(Long.class)
                .single();
    }

    /** Those of these recipes, oldest first. */
    List<Output> of(List<Long> recipes) {
        return recipes.isEmpty()
                ? List.of()
                : database.sql("flows/outputs-of-recipes")
                        .param("recipes", recipes)
                        .query(OutputTable::row)
                        .list();
    }

    /** Those of all recipes of a flow, oldest first. */
    List<Output> ofFlow(long flow) {
        return database.sql("flows/outputs-of-flow")
                .param("flow", flow)
                .query(OutputTable::row)
                .list();
    }

    void delete(long id) {
        database.sql("flows/delete-write-settings-of-output")
                .param("output", id)
                .update();
        database.sql("flows/keep-deleted-output").param("id", id).update();
        database.sql("flows/delete-output").param("id", id).update();
    }

    /** Deletes what a recipe writes. */
    void deleteOfRecipe(long recipe) {
        deleteAll(recipe, 0);
    }

    /** Deletes what all recipes of a flow write. */
    void deleteOfFlow(long flow) {
        deleteAll(0, flow);
    }

    private void deleteAll(long recipe, long flow) {
        for (String statement :
                List.of("flows/delete-write-settings", "flows/keep-deleted-outputs", "flows/delete-outputs")) {
            database.sql(statement).param("recipe", recipe).param("flow", flow).update();
        }
    }

    private JdbcClient.StatementSpec changing(String statement, Caller caller) {
        return database.sql(statement).param("person", caller.personId()).param("now", Timestamp.from(clock.instant()));
    }

    private static JdbcClient.StatementSpec told(
            JdbcClient.StatementSpec statement, boolean profiler, String name, String description) {
        return statement
                .param("profiler", profiler)
                .param("name", name, Types.VARCHAR)
                .param("description", description, Types.VARCHAR);
    }

    private static Output row(ResultSet row, int number) throws SQLException {
        return new Output(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("recipe_id"),
                row.getLong("flow_id"),
                row.getBoolean("is_adhoc"),
                row.getBoolean("profiler"),
                row.getString("name"),
                row.getString("description"),
                Stamp.of(row));
    }
}
