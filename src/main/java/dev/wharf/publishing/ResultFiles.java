package dev.wharf.publishing;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.sql.Database;
import dev.wharf.publishing.ResultFile.State;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StagedObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The rows of files: pending, staged, published, in this order and each step once. */
final class ResultFiles {
    private final Database database;

    ResultFiles(Database database) {
        this.database = database;
    }

    /** Plans all files of a job, or none. */
    void insert(long jobGroupId, List<Placement> placements) {
        database.inTransaction(() -> {
            int number = 1;
            for (Placement placement : placements) {
                database.sql("publishing/insert-file")
                        .param("jobGroup", jobGroupId)
                        .param("fileNo", number++)
                        .param("source", placement.source())
                        .param("connection", placement.target().connectionId(), Types.BIGINT)
                        .param("bucket", placement.target().bucket())
                        .param("key", placement.target().key())
                        .param("profile", placement.profile())
                        .update();
            }
        });
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

    List<ResultFile> of(long jobGroupId, State state) {
        return of(jobGroupId).stream().filter(file -> file.is(state)).toList();
    }

    /** Whether the row was pending until now. */
    boolean staged(long id, StagedObject staged) {
        return database.sql("publishing/staged")
                        .param("staged", Json.write(staged))
                        .param("size", staged.size())
                        .param("md5", staged.md5(), Types.VARCHAR)
                        .param("id", id)
                        .update()
                == 1;
    }

    void unstaged(long id) {
        database.sql("publishing/unstaged").param("id", id).update();
    }

    void published(long id, ObjectInfo object) {
        database.sql("publishing/published")
                .param("size", object.size())
                .param("etag", object.etag())
                .param("id", id)
                .update();
    }

    void listed(long id) {
        database.sql("publishing/listed").param("id", id).update();
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
                row.getString("etag"),
                row.getBoolean("listed"),
                row.getBoolean("is_profile"));
    }
}
