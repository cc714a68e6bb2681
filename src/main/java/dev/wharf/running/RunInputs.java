package dev.wharf.running;

import dev.wharf.engine.run.CsvOptions;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** What a run reads, and what it was asked to write. */
final class RunInputs {
    private static final int PAGE = 1000;

    private final Database database;

    RunInputs(Database database) {
        this.database = database;
    }

    Dataset dataset(long id) {
        return database.sql("running/run-dataset")
                .param("id", id)
                .query(Dataset::of)
                .single();
    }

    List<WriteSetting> writeSettings(long jobGroupId) {
        return database.sql("running/write-settings")
                .param("group", jobGroupId)
                .query((row, number) -> new WriteSetting(
                        S3Uri.parse(row.getString("path")),
                        ResultFormat.of(row.getString("result_format")),
                        new CsvOptions(
                                row.getBoolean("has_header"),
                                row.getString("delim").charAt(0),
                                row.getBoolean("has_quotes"))))
                .list();
    }

    /** The manifest in its order, fetched a page at a time. */
    Iterable<DatasetFile> files(long datasetId) {
        return () -> new Iterator<>() {
            private List<DatasetFile> page = new ArrayList<>();
            private int next;
            private long last = -1;
            private boolean ended;

            @Override
            public boolean hasNext() {
                if (next == page.size() && !ended) {
                    page = page(datasetId, last);
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
        };
    }

    private List<DatasetFile> page(long datasetId, long after) {
        return database.sql("running/files")
                .param("dataset", datasetId)
                .param("after", after)
                .param("limit", PAGE)
                .query((row, number) -> new DatasetFile(
                        row.getLong("file_no"),
                        row.getString("object_key"),
                        row.getLong("byte_size"),
                        row.getString("etag")))
                .list();
    }
}
