package dev.wharf.flows;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of recipes, of all flows that somebody sees. */
final class RecipeTable {
    private final Database database;
    private final Clock clock;

    RecipeTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @throws ProblemException 404 if there is none in a flow that the caller may see; 410 if it was deleted
     */
    Node require(Caller caller, long id) {
        Node recipe = VisibleRows.of(database.sql("flows/find-recipe"), caller)
                .param("id", id)
                .query(NodeTable::row)
                .optional()
                .orElseThrow(() -> Ids.notFound("recipe", id));
        if (recipe.deletedAt() != null) {
            throw new ProblemException(Problem.GONE, "The recipe " + id + " was deleted");
        }
        return recipe;
    }

    List<Node> list(Caller caller, ListQuery query, int limit, int offset) {
        return VisibleRows.of(database.rows("flows/visible-recipes", query), caller)
                .param("limit", limit)
                .param("offset", offset)
                .query(NodeTable::row)
                .list();
    }

    long count(Caller caller, ListQuery query) {
        return VisibleRows.of(database.count("flows/visible-recipes", query), caller)
                .query(Long.class)
                .single();
    }

    void rename(Caller caller, long id, String name, String description) {
        changing("flows/rename-recipe", caller, id)
                .param("name", name)
                .param("description", description, Types.VARCHAR)
                .update();
    }

    /** Has a recipe read another dataset. */
    void read(Caller caller, long id, long dataset) {
        changing("flows/read-other", caller, id).param("dataset", dataset).update();
    }

    void delete(Caller caller, long id) {
        changing("flows/delete-recipe", caller, id).update();
    }

    private JdbcClient.StatementSpec changing(String statement, Caller caller, long id) {
        return database.sql(statement)
                .param("id", id)
                .param("person", caller.personId())
                .param("now", Timestamp.from(clock.instant()));
    }

    /**
     * @throws ProblemException 409 if another flow refers to a recipe
     */
    void requireUnreferenced(Node recipe) {
        requireUnreferenced(recipe.id(), 0);
    }

    /**
     * @throws ProblemException 409 if another flow refers to a recipe of this one
     */
    void requireUnreferenced(Flow flow) {
        requireUnreferenced(0, flow.id());
    }

    private void requireUnreferenced(long recipe, long flow) {
        database.sql("flows/referring")
                .param("recipe", recipe)
                .param("flow", flow)
                .query((row, number) -> "Flow " + row.getLong("flow_id") + " refers to recipe "
                        + row.getLong("recipe_id") + ", which would be deleted: delete that flow first")
                .optional()
                .ifPresent(referred -> {
                    throw new ProblemException(Problem.CONFLICT, referred);
                });
    }
}
