package dev.wharf.running;

import dev.wharf.engine.CsvOptions;
import dev.wharf.engine.ResultFormat;
import dev.wharf.kernel.Database;
import dev.wharf.s3.S3Uri;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The state of runs. A run belongs to one process at a time: it is claimed by an UPDATE that changes one row. */
public final class RunTable {
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    /** A process of another node that has had a run for so long is taken for dead: no run may take longer. */
    private static final Duration ABANDONED = Duration.ofHours(24);

    private static final int PAGE = 1000;

    private final Database database;
    private final String processId;
    private final Clock clock;

    /** @param processId {@code <node>:<boot>} */
    public RunTable(Database database, String processId, Clock clock) {
        this.database = database;
        this.processId = processId;
        this.clock = clock;
    }

    /** @param attempts how often the run was claimed before */
    record State(long membershipId, long datasetId, String status, int attempts) {}

    Optional<State> state(long jobGroupId) {
        return database.sql("running/run-state")
                .param("group", jobGroupId)
                .query((row, number) -> new State(
                        row.getLong("membership_id"),
                        row.getLong("dataset_id"),
                        row.getString("status"),
                        row.getInt("attempts")))
                .optional();
    }

    /** Makes this process the one that runs it; false where another live one is. */
    boolean claim(long jobGroupId) {
        Timestamp now = now();
        return database.inTransaction(() -> {
            int rows = database.sql("running/claim-run")
                    .param("group", jobGroupId)
                    .param("process", processId)
                    .param("node", node() + ":%")
                    .param("abandoned", Timestamp.from(clock.instant().minus(ABANDONED)))
                    .param("now", now)
                    .update();
            if (rows == 1) {
                setGroup(jobGroupId, "InProgress", null, now);
            }
            return rows == 1;
        });
    }

    void release(long jobGroupId) {
        setRun(jobGroupId, "Pending", null, now());
    }

    /** Ends a run. What publishing is told is kept with it, so that it can be told again. */
    void complete(long jobGroupId, String announcement) {
        Timestamp now = now();
        database.inTransaction(() -> {
            setRun(jobGroupId, "Complete", null, now);
            database.sql("running/keep-announcement")
                    .param("group", jobGroupId)
                    .param("document", announcement)
                    .param("node", node())
                    .param("now", now)
                    .update();
        });
    }

    private String node() {
        return processId.substring(0, processId.lastIndexOf(':'));
    }

    void fail(long jobGroupId, String reason) {
        Timestamp now = now();
        String text = reason.length() > 4000 ? reason.substring(0, 4000) : reason;
        database.inTransaction(() -> {
            setRun(jobGroupId, "Failed", text, now);
            database.sql("running/cancel-publication")
                    .param("group", jobGroupId)
                    .param("now", now)
                    .update();
            setGroup(jobGroupId, "Failed", text, now);
        });
    }

    private void setRun(long jobGroupId, String status, String error, Timestamp now) {
        database.sql("running/set-run")
                .param("group", jobGroupId)
                .param("status", status)
                .param("error", error)
                .param("now", now)
                .update();
    }

    private void setGroup(long jobGroupId, String status, String failure, Timestamp now) {
        database.sql("running/set-group")
                .param("group", jobGroupId)
                .param("status", status)
                .param("failure", failure)
                .param("now", now)
                .update();
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

    /** Each is handed out to one caller, and not again before it has waited as long once more. */
    List<Long> forgotten() {
        Timestamp before = Timestamp.from(clock.instant().minus(FORGOTTEN));
        return database.sql("running/forgotten").param("before", before).query(Long.class).list().stream()
                .filter(jobGroupId -> database.sql("running/touch")
                                .param("group", jobGroupId)
                                .param("before", before)
                                .param("now", now())
                                .update()
                        == 1)
                .toList();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
