package dev.wharf.datasets;

import dev.wharf.engine.csv.TextDialect;
import dev.wharf.identity.Caller;
import dev.wharf.imports.ImportRequest;
import dev.wharf.imports.Importing;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of imported datasets. Those that are not ready, or were discarded, are found by nobody. */
public final class DatasetTable {
    /** Rows of a manifest that are removed in one transaction. */
    private static final long REMOVED_AT_ONCE = 10_000;

    private final Database database;

    public DatasetTable(Database database) {
        this.database = database;
    }

    public long insert(Caller caller, ImportRequest request, S3Uri source, Instant now) {
        return database.insert(database.sql("imports/insert")
                .param("uuid", UUID.randomUUID().toString())
                .param("workspace", caller.workspaceId())
                .param("owner", caller.personId())
                .param("name", request.name())
                .param("description", request.description())
                .param("bucket", source.bucket())
                .param("key", source.key())
                .param("connection", source.connectionId())
                .param("disableTypeInference", request.disableTypeInference())
                .param("header", request.said().header(), Types.BOOLEAN)
                .param("delimiter", request.said().delimiter(), Types.VARCHAR)
                .param("encoding", request.said().encoding(), Types.VARCHAR)
                .param("quote", request.said().quote(), Types.VARCHAR)
                .param("now", Timestamp.from(now)));
    }

    /** Whether the dataset was still being imported and is complete now. */
    public boolean complete(Importing importing, Instant now) {
        return database.sql("imports/complete")
                        .param("id", importing.datasetId())
                        .param("files", importing.files())
                        .param("bytes", importing.bytes())
                        .param("ignored", importing.ignored())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    /** Imports that have died, or whose removal has. */
    public List<Long> stale(Instant before) {
        return database.sql("imports/stale")
                .param("before", Timestamp.from(before))
                .query(Long.class)
                .list();
    }

    /** Removes a dataset that is not complete, with its manifest; does nothing to one that is. */
    public void discard(long id) {
        if (database.sql("imports/discard").param("id", id).update() == 0) {
            return;
        }
        long last = database.sql("imports/last-file")
                .param("id", id)
                .query(Long.class)
                .single();
        for (long from = last - last % REMOVED_AT_ONCE; from >= 0; from -= REMOVED_AT_ONCE) {
            database.sql("imports/delete-files")
                    .param("id", id)
                    .param("from", from)
                    .update();
        }
        database.sql("imports/remove").param("id", id).update();
    }

    /** A dataset that the caller may see, also if it was deleted. */
    public Optional<Dataset> find(Caller caller, long id) {
        return visible(database.sql("imports/find"), caller)
                .param("id", id)
                .query(DatasetTable::row)
                .optional();
    }

    List<Dataset> list(Caller caller, ListQuery query, int limit, int offset) {
        return visible(database.rows("imports/visible", query), caller)
                .param("limit", limit)
                .param("offset", offset)
                .query(DatasetTable::row)
                .list();
    }

    long count(Caller caller, ListQuery query) {
        return visible(database.count("imports/visible", query), caller)
                .query(Long.class)
                .single();
    }

    /** Their own, and for an administrator all of the workspace. */
    private static JdbcClient.StatementSpec visible(JdbcClient.StatementSpec statement, Caller caller) {
        return statement
                .param("workspace", caller.workspaceId())
                .param("person", caller.personId())
                .param("all", caller.isWorkspaceAdmin());
    }

    List<DatasetFile> files(Dataset dataset, int limit, int offset) {
        return database.sql("imports/files")
                .param("id", dataset.id())
                .param("from", offset)
                .param("to", (long) offset + limit)
                .query((row, number) -> new DatasetFile(
                        row.getString("object_key"),
                        dataset.source().withKey(row.getString("object_key")).toString(),
                        row.getLong("byte_size"),
                        row.getString("etag").isEmpty() ? null : row.getString("etag"),
                        row.getTimestamp("last_modified") == null
                                ? null
                                : row.getTimestamp("last_modified").toInstant()))
                .list();
    }

    /** Whether it was there: of many who delete a dataset at one time, one does. */
    boolean delete(long id, Instant now) {
        return database.sql("imports/delete")
                        .param("id", id)
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    public boolean isUploadOf(Caller caller, S3Uri uri) {
        return database.sql("imports/count-own-uploads")
                        .param("workspace", caller.workspaceId())
                        .param("person", caller.personId())
                        .param("bucket", uri.bucket())
                        .param("key", uri.key())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static Dataset row(ResultSet row, int number) throws SQLException {
        return new Dataset(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("workspace_id"),
                row.getLong("owner_id"),
                row.getString("name"),
                row.getString("description"),
                new S3Uri(row.getString("bucket"), row.getString("object_key"), connectionId(row)),
                row.getBoolean("disable_type_inference"),
                new TextDialect(
                        row.getObject("text_header", Boolean.class),
                        row.getString("text_delimiter"),
                        row.getString("text_encoding"),
                        row.getString("text_quote")),
                row.getLong("file_count"),
                row.getLong("byte_count"),
                row.getLong("ignored_count"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getTimestamp("deleted_at") != null,
                connection(row));
    }

    private static Long connectionId(ResultSet row) throws SQLException {
        long id = row.getLong("connection_id");
        return row.wasNull() ? null : id;
    }

    private static DatasetView.Connection connection(ResultSet row) throws SQLException {
        Long id = connectionId(row);
        if (id == null) {
            return null;
        }
        String uuid = row.getString("connection_uuid");
        return uuid == null
                ? DatasetView.Connection.reference(id)
                : new DatasetView.Connection(
                        id,
                        uuid,
                        "aws",
                        "aws",
                        "remotefile",
                        row.getString("credential_type"),
                        row.getString("connection_name"),
                        row.getString("connection_description"),
                        row.getBoolean("is_global"),
                        row.getString("default_bucket"));
    }
}
