package dev.wharf.flows;

import dev.wharf.datasets.NodeIds;
import dev.wharf.flows.Node.Kind;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The rows of what stands in flows. To be changed by whoever has {@linkplain FlowTable#touch touched} the flow. */
final class NodeTable {
    private final Database database;
    private final Clock clock;

    NodeTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Puts a dataset into a flow, unless it is there. */
    Node dataset(Caller caller, long flow, long dataset) {
        Optional<Node> known = at("flows/dataset-node", flow, "dataset", dataset);
        if (known.isEmpty()) {
            insert(caller, flow, Kind.DATASET, dataset, null, null, null);
        }
        return known.or(() -> at("flows/dataset-node", flow, "dataset", dataset))
                .orElseThrow();
    }

    /** Puts a reference to a recipe of another flow into a flow, unless it is there. */
    Node reference(Caller caller, long flow, long recipe) {
        Optional<Node> known = at("flows/reference-node", flow, "recipe", recipe);
        if (known.isEmpty()) {
            insert(caller, flow, Kind.REFERENCE, null, recipe, null, null);
        }
        return known.or(() -> at("flows/reference-node", flow, "recipe", recipe))
                .orElseThrow();
    }

    /**
     * Puts a recipe into a flow, and the dataset that it reads.
     *
     * @return its id
     */
    long recipe(Caller caller, long flow, long dataset, String name, String description) {
        dataset(caller, flow, dataset);
        return insert(caller, flow, Kind.RECIPE, dataset, null, name, description);
    }

    private Optional<Node> at(String statement, long flow, String parameter, long id) {
        return database.sql(statement)
                .param("flow", flow)
                .param(parameter, id)
                .query(NodeTable::row)
                .optional();
    }

    private long insert(
            Caller caller, long flow, Kind kind, Long dataset, Long recipe, String name, String description) {
        long id = NodeIds.next(database);
        database.sql("flows/insert-node")
                .param("id", id)
                .param("uuid", UUID.randomUUID().toString())
                .param("flow", flow)
                .param("kind", kind.name().toLowerCase(Locale.ROOT))
                .param("dataset", dataset, Types.BIGINT)
                .param("recipe", recipe, Types.BIGINT)
                .param("name", name, Types.VARCHAR)
                .param("description", description, Types.VARCHAR)
                .param("person", caller.personId())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return id;
    }

    /** What stands in these flows, oldest first. */
    List<Node> of(List<Long> flows) {
        return flows.isEmpty()
                ? List.of()
                : database.sql("flows/nodes")
                        .param("flows", flows)
                        .query(NodeTable::row)
                        .list();
    }

    /** The datasets that a flow reads, also those that were deleted or that not everybody sees who sees the flow. */
    List<Long> inputs(long flow) {
        return database.sql("flows/inputs")
                .param("flow", flow)
                .query(Long.class)
                .list();
    }

    /** Deletes all that stands in a flow. */
    void deleteAll(Caller caller, long flow) {
        database.sql("flows/delete-nodes")
                .param("flow", flow)
                .param("person", caller.personId())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    static Node row(ResultSet row, int number) throws SQLException {
        var deletedAt = row.getTimestamp("deleted_at");
        return new Node(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("flow_id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getObject("dataset_id", Long.class),
                row.getObject("recipe_id", Long.class),
                row.getString("name"),
                row.getString("description"),
                Stamp.of(row),
                deletedAt == null ? null : deletedAt.toInstant());
    }
}
