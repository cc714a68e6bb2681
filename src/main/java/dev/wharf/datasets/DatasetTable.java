package dev.wharf.datasets;

import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.structure.Extent;
import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.parameters.ParameterisedPath;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of imported datasets. Those that have no manifest yet are found by nobody. */
public final class DatasetTable {
    private final Database database;

    public DatasetTable(Database database) {
        this.database = database;
    }

    public long insert(Caller caller, NewDataset dataset, Instant now) {
        long id = NodeIds.next(database);
        told(database.sql("datasets/insert"), dataset)
                .param("id", id)
                .param("uuid", UUID.randomUUID().toString())
                .param("workspace", caller.workspaceId())
                .param("owner", caller.personId())
                .param("now", Timestamp.from(now))
                .update();
        return id;
    }

    /** What is told of a dataset by whoever imports or changes it. */
    static JdbcClient.StatementSpec told(JdbcClient.StatementSpec statement, NewDataset dataset) {
        return statement
                .param("name", dataset.name())
                .param("description", dataset.description(), Types.VARCHAR)
                .param("bucket", dataset.source().bucket())
                .param("key", dataset.source().key())
                .param("connection", dataset.source().connectionId(), Types.BIGINT)
                .param(
                        "parameters",
                        dataset.parameters() == null
                                ? null
                                : dataset.parameters().kept(),
                        Types.VARCHAR)
                .param("disableTypeInference", dataset.disableTypeInference())
                .param("header", dataset.said().header(), Types.BOOLEAN)
                .param("delimiter", dataset.said().delimiter(), Types.VARCHAR)
                .param("encoding", dataset.said().encoding(), Types.VARCHAR)
                .param("quote", dataset.said().quote(), Types.VARCHAR)
                .param("check", dataset.options().check().title())
                .param("union", dataset.options().union())
                .param("types", types(dataset.options()), Types.VARCHAR)
                .param("skipArchived", dataset.options().skipArchived());
    }

    /** A dataset that the caller may see, also if it was deleted. */
    public Optional<Dataset> find(Caller caller, long id) {
        return find(caller, List.of(id)).stream().findFirst();
    }

    /** A dataset of a workspace from which a job can be started; whether somebody may read it is not looked at. */
    public Optional<Dataset> ready(long id, long workspaceId) {
        return byId(id).filter(dataset -> dataset.workspaceId() == workspaceId && dataset.deletedAt() == null);
    }

    /** A dataset that a job was started from, also if it was deleted since. */
    public Dataset of(long id) {
        return byId(id).orElseThrow();
    }

    private Optional<Dataset> byId(long id) {
        return database.sql("datasets/by-id")
                .param("id", id)
                .query(DatasetTable::row)
                .optional();
    }

    /**
     * @throws ProblemException 404 if there is none that the caller may see; 410 if it was deleted
     */
    public Dataset require(Caller caller, long id) {
        return require(caller, id, "imported dataset");
    }

    /** @param what somebody who asks for that id may have meant */
    public Dataset require(Caller caller, long id, String what) {
        Dataset dataset = find(caller, id).orElseThrow(() -> Ids.notFound(what, id));
        if (dataset.deletedAt() != null) {
            throw new ProblemException(
                    Problem.GONE,
                    "The imported dataset " + id + " (" + dataset.name() + ") was deleted on " + dataset.deletedAt()
                            + " by person " + dataset.updaterId() + "; includeDeleted=true shows what it was"
                            + " (GET /v4/importedDatasets/" + id + ")");
        }
        return dataset;
    }

    /** Those of them that the caller may see, in the order of the ids, also if they were deleted. */
    public List<Dataset> find(Caller caller, List<Long> ids) {
        Map<Long, Dataset> found = new HashMap<>();
        VisibleRows.of(database.sql("datasets/find"), caller)
                .param("ids", ids)
                .query(DatasetTable::row)
                .list()
                .forEach(dataset -> found.put(dataset.id(), dataset));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** Whether it was there: of many who delete a dataset at one time, one does. */
    boolean delete(Caller caller, long id, Instant now) {
        return database.sql("datasets/delete")
                        .param("id", id)
                        .param("updater", caller.personId())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    public boolean isUploadOf(Caller caller, S3Uri uri) {
        return database.sql("datasets/count-own-uploads")
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
                row.getLong("updater_id"),
                row.getString("name"),
                row.getString("description"),
                new S3Uri(row.getString("bucket"), row.getString("object_key"), connectionId(row)),
                parameters(row.getString("parameters")),
                row.getBoolean("disable_type_inference"),
                new TextDialect(
                        row.getObject("text_header", Boolean.class),
                        row.getString("text_delimiter"),
                        row.getString("text_encoding"),
                        row.getString("text_quote")),
                options(row),
                row.getLong("manifest_id"),
                row.getLong("file_count"),
                row.getLong("byte_count"),
                row.getLong("ignored_count"),
                Found.read(row.getString("found")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getTimestamp("deleted_at") == null
                        ? null
                        : row.getTimestamp("deleted_at").toInstant(),
                connection(row));
    }

    private static ParameterisedPath parameters(String kept) {
        return kept == null ? null : ParameterisedPath.read(kept);
    }

    private static String types(ImportOptions options) {
        return options.types().isEmpty() ? null : Json.write(options.types().byName());
    }

    private static ImportOptions options(ResultSet row) throws SQLException {
        var types = row.getString("column_types");
        return new ImportOptions(
                Extent.of(row.getString("structure_check")),
                row.getBoolean("columns_union"),
                types == null ? SaidTypes.UNSAID : Json.read("{\"byName\":" + types + "}", SaidTypes.class),
                row.getBoolean("skip_archived"));
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
