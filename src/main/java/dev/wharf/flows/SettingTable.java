package dev.wharf.flows;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.jobs.WriteSettingColumns;
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

/** The rows of saved write settings, of all flows that somebody sees. To be changed by whoever has touched the flow. */
final class SettingTable {
    private final Database database;
    private final Clock clock;

    SettingTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return its id */
    long insert(Caller caller, long output, WriteSetting setting) {
        return database.insert(told(caller, "flows/insert-write-setting", setting)
                .param("uuid", UUID.randomUUID().toString())
                .param("output", output));
    }

    void update(Caller caller, long id, WriteSetting setting) {
        told(caller, "flows/update-write-setting", setting).param("id", id).update();
    }

    /** Has an output write these alone. */
    void replace(Caller caller, long output, List<WriteSetting> settings) {
        database.sql("flows/delete-write-settings-of-output")
                .param("output", output)
                .update();
        settings.forEach(setting -> insert(caller, output, setting));
    }

    /**
     * @throws ProblemException 404 if there is none that the caller may see
     */
    SavedSetting require(Caller caller, long id) {
        return VisibleRows.of(database.sql("flows/find-write-setting"), caller)
                .param("id", id)
                .query(SettingTable::row)
                .optional()
                .orElseThrow(() -> Ids.notFound("write setting", id));
    }

    List<SavedSetting> list(Caller caller, ListQuery query, int limit, int offset) {
        return VisibleRows.of(database.rows("flows/visible-write-settings", query), caller)
                .param("limit", limit)
                .param("offset", offset)
                .query(SettingTable::row)
                .list();
    }

    long count(Caller caller, ListQuery query) {
        return VisibleRows.of(database.count("flows/visible-write-settings", query), caller)
                .query(Long.class)
                .single();
    }

    /** Those of these outputs, oldest first. */
    List<SavedSetting> of(List<Long> outputs) {
        return outputs.isEmpty()
                ? List.of()
                : database.sql("flows/write-settings-of-outputs")
                        .param("outputs", outputs)
                        .query(SettingTable::row)
                        .list();
    }

    void delete(long id) {
        database.sql("flows/delete-write-setting").param("id", id).update();
    }

    private JdbcClient.StatementSpec told(Caller caller, String statement, WriteSetting setting) {
        return WriteSettingColumns.told(database.sql(statement), setting)
                .param("parameters", setting.varies() ? setting.varying().kept() : null, Types.VARCHAR)
                .param("person", caller.personId())
                .param("now", Timestamp.from(clock.instant()));
    }

    private static SavedSetting row(ResultSet row, int number) throws SQLException {
        return new SavedSetting(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("output_id"),
                row.getLong("flow_id"),
                WriteSettingColumns.saved(row),
                Stamp.of(row));
    }
}
