package dev.wharf.publishing;

import static java.util.Map.entry;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.sql.Database;
import dev.wharf.publishing.ResultFile.State;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StagedObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of files: pending, staged, published, in this order and each step once. */
final class ResultFiles {
    private final Database database;

    ResultFiles(Database database) {
        this.database = database;
    }

    /**
     * Plans all files of a job, or none.
     *
     * @param sources theirs, in the same order
     */
    void insert(long jobGroupId, List<Placement> placements, List<Source> sources) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Placement placement : placements) {
            Source source = sources.get(rows.size());
            rows.add(Map.ofEntries(
                    entry("jobGroup", jobGroupId),
                    entry("fileNo", rows.size() + 1),
                    entry("outputNo", placement.output()),
                    entry("source", source.uri()),
                    entry("sourceSize", new SqlParameterValue(Types.BIGINT, source.size())),
                    entry("sourceObject", new SqlParameterValue(Types.VARCHAR, PendingFile.json(source.object()))),
                    entry(
                            "connection",
                            new SqlParameterValue(
                                    Types.BIGINT, placement.target().connectionId())),
                    entry("bucket", placement.target().bucket()),
                    entry("key", placement.target().key()),
                    entry("profile", placement.profile())));
        }
        database.batch("publishing/insert-file", rows);
    }

    /** Says where the bytes of pending files lie now; of a profile that could not be made again, that there are none. */
    void lieAt(long jobGroupId, List<Placement> placements) {
        var places = placements.stream()
                .map(placement -> placement.target().location())
                .collect(Collectors.toSet());
        of(jobGroupId, State.PENDING).stream()
                .filter(file -> file.profile() && !places.contains(file.target().location()))
                .forEach(file -> delete(file.id()));
        for (Placement placement : placements) {
            database.sql("publishing/lies-at")
                    .param("source", placement.source())
                    .param("jobGroup", jobGroupId)
                    .param("bucket", placement.target().bucket())
                    .param("key", placement.target().key())
                    .update();
        }
    }

    /** In the message's order. */
    List<ResultFile> of(long jobGroupId) {
        return database.sql("publishing/files")
                .param("jobGroup", jobGroupId)
                .query(ResultFiles::row)
                .list();
    }

    Optional<ResultFile> find(long id) {
        return database.sql("publishing/file")
                .param("id", id)
                .query(ResultFiles::row)
                .optional();
    }

    List<ResultFile> of(long jobGroupId, State state) {
        return of(jobGroupId).stream().filter(file -> file.is(state)).toList();
    }

    /**
     * Shows how much of a pending file is sent.
     *
     * @param claim of whoever sends it, where several nodes share the job's files; empty otherwise
     * @return whether the rest is to be sent: its job is not over, and nobody else has the file by now
     */
    boolean sent(long id, String claim, long bytes) {
        int changed = write(database.sql("publishing/sent-bytes")
                .param("bytes", bytes)
                .param("id", id)
                .param("claim", claim));
        return changed == 1;
    }

    /**
     * Whether the row was pending until now, and of whoever sent it.
     *
     * @param claim as in {@link #sent}
     */
    boolean staged(long id, String claim, StagedObject staged) {
        int changed = write(database.sql("publishing/staged")
                .param("staged", Json.write(staged))
                .param("size", staged.size())
                .param("md5", staged.md5(), Types.VARCHAR)
                .param("crc32c", staged.crc32c(), Types.VARCHAR)
                .param("id", id)
                .param("claim", claim));
        return changed == 1;
    }

    void unstaged(long id) {
        write(database.sql("publishing/unstaged").param("id", id));
    }

    void published(long id, ObjectInfo object) {
        write(database.sql("publishing/published").params(published(id, object, false)));
    }

    /** The same for many that their stores list already. */
    void published(Map<ResultFile, ObjectInfo> listed) {
        List<Map<String, Object>> rows = new ArrayList<>();
        listed.forEach((file, object) -> rows.add(published(file.id(), object, true)));
        database.batch("publishing/published", rows);
    }

    private static Map<String, Object> published(long id, ObjectInfo object, boolean listed) {
        return Map.of("size", object.size(), "etag", object.etag(), "listed", listed, "id", id);
    }

    /** Of one file, while others are under way. */
    private int write(JdbcClient.StatementSpec statement) {
        return database.shared().write(statement::update);
    }

    void listed(Collection<ResultFile> files) {
        database.batch(
                "publishing/listed",
                files.stream()
                        .map(file -> Map.<String, Object>of("id", file.id()))
                        .toList());
    }

    void delete(long id) {
        database.sql("publishing/delete-file").param("id", id).update();
    }

    private static ResultFile row(ResultSet row, int number) throws SQLException {
        String staged = row.getString("staged");
        return new ResultFile(
                row.getLong("id"),
                row.getString("source_uri"),
                new S3Uri(
                        row.getString("bucket"),
                        row.getString("object_key"),
                        row.getObject("connection_id", Long.class)),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                staged == null ? null : Json.read(staged, StagedObject.class),
                row.getObject("byte_size", Long.class),
                row.getString("md5"),
                row.getString("crc32c"),
                row.getString("etag"),
                row.getBoolean("listed"),
                row.getBoolean("is_profile"));
    }
}
