package dev.wharf.datasets;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.kernel.sql.Database;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Datasets by what narrows and sorts a list of them. */
final class DatasetList {
    private final Database database;
    private final DatasetTable table;

    DatasetList(Database database) {
        this.database = database;
        this.table = new DatasetTable(database);
    }

    /** Sorts and pages by narrow rows, of which there may be very many, and then fetches those of the page. */
    List<Dataset> list(Caller caller, DatasetFilter filter, int limit, int offset) {
        List<Long> ids = filtered(database.rows("datasets/visible", filter.list()), caller, filter)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> row.getLong("id"))
                .list();
        return ids.isEmpty() ? List.of() : table.find(caller, ids);
    }

    long count(Caller caller, DatasetFilter filter) {
        return filtered(database.count("datasets/visible", filter.list()), caller, filter)
                .query(Long.class)
                .single();
    }

    private static JdbcClient.StatementSpec filtered(
            JdbcClient.StatementSpec statement, Caller caller, DatasetFilter filter) {
        return VisibleRows.of(statement, caller)
                .param("owned", filter.owned())
                .param("shared", filter.shared())
                .param("owner", filter.owner())
                .param("anywhere", filter.anywhere())
                .param("connection", filter.connection())
                .param("baseStorage", filter.baseStorage())
                .param("flow", filter.flow())
                .param("schematized", filter.schematized());
    }

    /** Whether the caller sees a connection, or has had one of that id. */
    boolean isConnection(Caller caller, long id) {
        return VisibleRows.of(database.sql("datasets/is-connection"), caller)
                        .param("connection", id)
                        .query(Long.class)
                        .single()
                > 0;
    }

    boolean isFlow(Caller caller, long id) {
        return VisibleRows.of(database.sql("datasets/is-flow"), caller)
                        .param("flow", id)
                        .query(Long.class)
                        .single()
                > 0;
    }

    boolean isMember(Caller caller, long personId) {
        return database.sql("datasets/is-member")
                        .param("workspace", caller.workspaceId())
                        .param("owner", personId)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
