package dev.wharf.imports;

import dev.wharf.kernel.sql.Database;
import dev.wharf.store.ObjectInfo;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of a dataset on their way into the registry, a thousand at a time. */
final class Manifest {
    private static final int BATCH = 1000;

    private final Database database;
    private final Clock clock;
    private final long datasetId;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private long files;

    Manifest(Database database, Clock clock, long datasetId) {
        this.database = database;
        this.clock = clock;
        this.datasetId = datasetId;
    }

    void add(ObjectInfo object) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "dataset", datasetId,
                "number", files++,
                "key", object.key(),
                "size", object.size(),
                "etag", object.etag()));
        row.put("lastModified", object.lastModified() == null ? null : Timestamp.from(object.lastModified()));
        rows.add(row);
        if (rows.size() == BATCH) {
            flush();
        }
    }

    /** Writes what is left, and shows that the import is alive. */
    void flush() {
        database.batch("imports/insert-file", rows);
        database.sql("imports/touch")
                .param("id", datasetId)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        rows.clear();
    }
}
