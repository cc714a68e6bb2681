package dev.wharf.datasets;

import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The files of a dataset as they were when they were listed, in their order; a page of them is fetched at a time. */
final class ManifestFiles implements Iterator<DatasetFile> {
    private static final int PAGE = 1000;

    private final Database database;
    private final long manifestId;
    private List<DatasetFile> page = List.of();
    private int next;
    private long last = -1;
    private boolean ended;

    ManifestFiles(Database database, long manifestId) {
        this.database = database;
        this.manifestId = manifestId;
    }

    @Override
    public boolean hasNext() {
        if (next == page.size() && !ended) {
            page = pageAfter(last);
            next = 0;
            ended = page.isEmpty();
        }
        return next < page.size();
    }

    @Override
    public DatasetFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        DatasetFile file = page.get(next++);
        last = file.number();
        return file;
    }

    private List<DatasetFile> pageAfter(long number) {
        return database.sql("datasets/manifest")
                .param("manifest", manifestId)
                .param("after", number)
                .param("limit", PAGE)
                .query(ManifestFiles::file)
                .list();
    }

    private static DatasetFile file(ResultSet row, int number) throws SQLException {
        Timestamp lastModified = row.getTimestamp("last_modified");
        return new DatasetFile(
                row.getLong("file_no"),
                row.getString("object_key"),
                row.getLong("byte_size"),
                row.getString("etag"),
                lastModified == null ? null : lastModified.toInstant());
    }
}
