package dev.wharf.datasets;

import dev.wharf.engine.file.TextDialect;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
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
        return database.insert(database.sql("datasets/insert")
                .param("uuid", UUID.randomUUID().toString())
                .param("workspace", caller.workspaceId())
                .param("owner", caller.personId())
                .param("name", dataset.name())
                .param("description", dataset.description())
                .param("bucket", dataset.source().bucket())
                .param("key", dataset.source().key())
                .param("connection", dataset.source().connectionId())
                .param("disableTypeInference", dataset.disableTypeInference())
                .param("header", dataset.said().header(), Types.BOOLEAN)
                .param("delimiter", dataset.said().delimiter(), Types.VARCHAR)
                .param("encoding", dataset.said().encoding(), Types.VARCHAR)
                .param("quote", dataset.said().quote(), Types.VARCHAR)
                .param("now", Timestamp.from(now)));
    }

    /** A dataset that the caller may see, also if it was deleted. */
    public Optional<Dataset> find(Caller caller, long id) {
        return find(caller, List.of(id)).stream().findFirst();
    }

    /** A dataset of a workspace from which a job can be started; whether somebody may read it is not looked at. */
    public Optional<Dataset> ready(long id, long workspaceId) {
        return database.sql("datasets/ready")
                .param("id", id)
                .param("workspace", workspaceId)
                .query(DatasetTable::row)
                .optional();
    }

    /** A dataset that a job was started from, also if it was deleted since. */
    public Dataset of(long id) {
        return database.sql("datasets/by-id")
                .param("id", id)
                .query(DatasetTable::row)
                .single();
    }

    /**
     * @throws ProblemException 404 if there is none that the caller may see; 410 if it was deleted
     */
    public Dataset require(Caller caller, long id) {
        Dataset dataset = find(caller, id).orElseThrow(() -> Ids.notFound("imported dataset", id));
        if (dataset.deletedAt() != null) {
            throw new ProblemException(Problem.GONE, "The imported dataset " + id + " was deleted");
        }
        return dataset;
    }

    /** In the order of the ids. */
    private List<Dataset> find(Caller caller, List<Long> ids) {
        Map<Long, Dataset> found = new HashMap<>();
        visible(database.sql("datasets/find"), caller)
                .param("ids", ids)
                .query(DatasetTable::row)
                .list()
                .forEach(dataset -> found.put(dataset.id(), dataset));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** Sorts and pages by narrow rows, of which there may be very many, and then fetches those of the page. */
    List<Dataset> list(Caller caller, DatasetFilter filter, int limit, int offset) {
        if (filter.nothing()) {
            return List.of();
        }
        List<Long> ids = filtered(database.rows("datasets/visible", filter.list()), caller, filter)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> row.getLong("id"))
                .list();
        return ids.isEmpty() ? List.of() : find(caller, ids);
    }

    long count(Caller caller, DatasetFilter filter) {
        return filter.nothing()
                ? 0
                : filtered(database.count("datasets/visible", filter.list()), caller, filter)
                        .query(Long.class)
                        .single();
    }

    private static JdbcClient.StatementSpec filtered(
            JdbcClient.StatementSpec statement, Caller caller, DatasetFilter filter) {
        return visible(statement, caller)
                .param("owned", filter.owned())
                .param("shared", filter.shared())
                .param("owner", filter.owner())
                .param("anywhere", filter.anywhere())
                .param("connection", filter.connection())
                .param("baseStorage", filter.baseStorage());
    }

    /** Whether the caller sees a connection, or has had one of that id. */
    boolean isConnection(Caller caller, long id) {
        return visible(database.sql("datasets/is-connection"), caller)
                        .param("connection", id)
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

    /** Whether it was there. */
    public boolean rename(long id, String name, String description, Caller updater, Instant now) {
        return database.sql("datasets/rename")
                        .param("id", id)
                        .param("name", name)
                        .param("description", description, Types.VARCHAR)
                        .param("updater", updater.personId())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    /**
     * Changes where a dataset comes from and how it is read, and its name and description where those are others than they
     * were seen to be; to be called in the transaction in which it gets its next manifest.
     *
     * @return false if it was deleted, or has got another manifest, since it was seen
     */
    public boolean replace(Dataset seen, NewDataset dataset, Caller updater, Instant now) {
        return database.sql("datasets/replace")
                        .param("id", seen.id())
                        .param("seen", seen.manifestId())
                        .param("named", !dataset.name().equals(seen.name()))
                        .param("name", dataset.name())
                        .param("described", !Objects.equals(dataset.description(), seen.description()))
                        .param("description", dataset.description(), Types.VARCHAR)
                        .param("bucket", dataset.source().bucket())
                        .param("key", dataset.source().key())
                        .param("connection", dataset.source().connectionId(), Types.BIGINT)
                        .param("disableTypeInference", dataset.disableTypeInference())
                        .param("header", dataset.said().header(), Types.BOOLEAN)
                        .param("delimiter", dataset.said().delimiter(), Types.VARCHAR)
                        .param("encoding", dataset.said().encoding(), Types.VARCHAR)
                        .param("quote", dataset.said().quote(), Types.VARCHAR)
                        .param("updater", updater.personId())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    /**
     * A dataset of the caller's with the files that another one has at this moment.
     *
     * @return its id; empty if the other one is gone
     */
    public Optional<Long> copy(long id, String name, Caller owner, Instant now) {
        String uuid = UUID.randomUUID().toString();
        int copied = database.sql("datasets/copy")
                .param("id", id)
                .param("uuid", uuid)
                .param("owner", owner.personId())
                .param("name", name)
                .param("now", Timestamp.from(now))
                .update();
        return copied == 0
                ? Optional.empty()
                : database.sql("datasets/by-uuid")
                        .param("uuid", uuid)
                        .query(Long.class)
                        .optional();
    }

    /** Their own, and for an administrator all of the workspace. */
    private static JdbcClient.StatementSpec visible(JdbcClient.StatementSpec statement, Caller caller) {
        return statement
                .param("workspace", caller.workspaceId())
                .param("person", caller.personId())
                .param("all", caller.isWorkspaceAdmin());
    }

    /** Whether it was there: of many who delete a dataset at one time, one does. */
    boolean delete(long id, Instant now) {
        return database.sql("datasets/delete")
                        .param("id", id)
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
                row.getBoolean("disable_type_inference"),
                new TextDialect(
                        row.getObject("text_header", Boolean.class),
                        row.getString("text_delimiter"),
                        row.getString("text_encoding"),
                        row.getString("text_quote")),
                row.getLong("manifest_id"),
                row.getLong("file_count"),
                row.getLong("byte_count"),
                row.getLong("ignored_count"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getTimestamp("deleted_at") == null
                        ? null
                        : row.getTimestamp("deleted_at").toInstant(),
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
