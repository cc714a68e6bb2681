package dev.wharf.datasets;

import dev.wharf.kernel.sql.Database;
import dev.wharf.store.ObjectInfo;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of a dataset on their way into the registry, a thousand at a time. */
public final class ManifestWriter {
    private static final int BATCH = 1000;

    private final Database database;
    private final Clock clock;
    private final long manifestId;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private long files;
    private long bytes;

    ManifestWriter(Database database, Clock clock, long manifestId) {
        this.database = database;
        this.clock = clock;
        this.manifestId = manifestId;
    }

    public void add(ObjectInfo object) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "manifest", manifestId,
                "number", files++,
                "key", object.key(),
                "size", object.size(),
                "etag", object.etag()));
        row.put("lastModified", object.lastModified() == null ? null : Timestamp.from(object.lastModified()));
        rows.add(row);
        bytes += object.size();
        if (rows.size() == BATCH) {
            flush();
        }
    }

    /** Writes what is left, and shows that whoever writes is alive. */
    public void flush() {
        database.batch("datasets/insert-file", rows);
        database.sql("datasets/touch")
                .param("manifest", manifestId)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        rows.clear();
    }

    public long manifestId() {
        return manifestId;
    }

    public long files() {
        return files;
    }

    /** The sizes of all files, in bytes. */
    public long bytes() {
        return bytes;
    }
}
