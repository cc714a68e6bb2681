package dev.wharf.datasets;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What datasets consist of. A manifest is written while nobody sees it, and in one step takes the place of the one before;
 * jobs go on with the one that they began with. The first one of a dataset makes the dataset visible.
 */
public final class Manifests {
    /** Rows of a manifest that are removed in one transaction. */
    private static final long REMOVED_AT_ONCE = 10_000;

    private final Database database;
    private final Clock clock;

    public Manifests(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Begins the next manifest of a dataset. */
    public ManifestWriter begin(long datasetId) {
        long id = database.insert(database.sql("datasets/insert-manifest")
                .param("dataset", datasetId)
                .param("now", now()));
        return new ManifestWriter(database, clock, id);
    }

    /**
     * Ends the writing of a manifest that is for one job alone; the dataset keeps its own.
     *
     * @param ignored objects that are no data
     * @return false if it was given up meanwhile
     */
    public boolean complete(ManifestWriter written, long ignored) {
        written.flush();
        return database.sql("datasets/complete")
                        .param("manifest", written.manifestId())
                        .param("files", written.files())
                        .param("bytes", written.bytes())
                        .param("ignored", ignored)
                        .param("found", written.found() == null ? null : Json.write(written.found()), Types.VARCHAR)
                        .param("now", now())
                        .update()
                > 0;
    }

    /**
     * Ends the writing of a manifest, which is the dataset's from now on.
     *
     * @param ignored objects that are no data
     * @return false if it was given up meanwhile
     */
    public boolean publish(ManifestWriter written, long ignored) {
        return database.inTransaction(() -> {
            if (!complete(written, ignored)) {
                return false;
            }
            for (String statement : List.of("datasets/retire-manifest", "datasets/replace-manifest")) {
                database.sql(statement)
                        .param("manifest", written.manifestId())
                        .param("now", now())
                        .update();
            }
            return true;
        });
    }

    /** Removes a manifest that is no dataset's, and a dataset that was never complete with it; does nothing to others. */
    public void discard(long id) {
        if (database.sql("datasets/discard").param("manifest", id).update() == 0) {
            return;
        }
        long datasetId = database.sql("datasets/dataset-of")
                .param("manifest", id)
                .query(Long.class)
                .single();
        long last = database.sql("datasets/last-file")
                .param("manifest", id)
                .query(Long.class)
                .single();
        for (long from = last - last % REMOVED_AT_ONCE; from >= 0; from -= REMOVED_AT_ONCE) {
            database.sql("datasets/delete-files")
                    .param("manifest", id)
                    .param("from", from)
                    .update();
        }
        database.sql("datasets/delete-manifest").param("manifest", id).update();
        database.sql("datasets/delete-unimported").param("dataset", datasetId).update();
    }

    /**
     * The sizes of all files of a dataset's manifest, in bytes, whether that is the one that counts now or gave way to another.
     *
     * @return empty if it was removed since, or is another dataset's
     */
    public Optional<Long> bytes(long datasetId, long id) {
        return database.sql("datasets/bytes")
                .param("dataset", datasetId)
                .param("manifest", id)
                .query(Long.class)
                .optional();
    }

    /** What was found when the files were looked at. */
    public Found found(long id) {
        return database.sql("datasets/found")
                .param("manifest", id)
                .query((row, number) -> Found.read(row.getString("found")))
                .single();
    }

    /** The key of the first file; empty if there is none. */
    public Optional<String> firstFile(long id) {
        return database.sql("datasets/first-file")
                .param("manifest", id)
                .query(String.class)
                .optional();
    }

    /** The files in their order; a page of them is held at a time. */
    public Iterator<DatasetFile> files(long id) {
        return new ManifestFiles(database, id);
    }

    List<DatasetFileView> page(long id, S3Uri source, int limit, int offset) {
        return database.sql("datasets/files")
                .param("manifest", id)
                .param("from", offset)
                .param("to", (long) offset + limit)
                .query((row, number) -> view(row, source))
                .list();
    }

    /** The same of the files whose keys hold a text: all keys are looked through. */
    List<DatasetFileView> page(long id, S3Uri source, String part, int limit, int offset) {
        return database.sql("datasets/files-named")
                .param("manifest", id)
                .param("part", part)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> view(row, source))
                .list();
    }

    long count(long id, String part) {
        return database.sql("datasets/count-files-named")
                .param("manifest", id)
                .param("part", part)
                .query(Long.class)
                .single();
    }

    private static DatasetFileView view(ResultSet row, S3Uri source) throws SQLException {
        String key = row.getString("object_key");
        Timestamp lastModified = row.getTimestamp("last_modified");
        return new DatasetFileView(
                key,
                source.withKey(key).toString(),
                row.getLong("byte_size"),
                row.getString("etag").isEmpty() ? null : row.getString("etag"),
                lastModified == null ? null : lastModified.toInstant());
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
