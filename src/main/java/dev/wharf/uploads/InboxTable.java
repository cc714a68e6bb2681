package dev.wharf.uploads;

import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Which process works on a file that was set aside, and where it goes. A claim ends with its process: that of the same node
 * is dead for certain once another one has started, that of another node when the node shows no life.
 */
public final class InboxTable {
    /** After so long without a sign a node is taken for dead. */
    private static final Duration DEAD = Duration.ofMinutes(2);

    private final Database database;
    private final ProcessId process;
    private final Clock clock;

    /** What threads of this process work on; other rows that name it are left from failures. */
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();

    public InboxTable(Database database, ProcessId process, Clock clock) {
        this.database = database;
        this.process = process;
        this.clock = clock;
    }

    /**
     * @param state of the file when it was claimed first
     * @param place where it goes; null until that was decided
     * @param recorded whether its upload is on record
     */
    record Row(FileState state, S3Uri place, boolean recorded) {
        static Row of(ResultSet row, int number) throws SQLException {
            String key = row.getString("object_key");
            return new Row(
                    new FileState(row.getLong("byte_size"), row.getLong("modified_micros")),
                    key == null ? null : new S3Uri(row.getString("bucket"), key, null),
                    row.getLong("recorded") > 0);
        }
    }

    /** Whether the file is this process's to work on now, until {@link #release} or {@link #delete}. */
    boolean claim(String uuid, FileState now) {
        if (!inWork.add(uuid)) {
            return false;
        }
        boolean claimed = false;
        try {
            claimed = update(uuid) || insert(uuid, now);
            return claimed;
        } finally {
            if (!claimed) {
                inWork.remove(uuid);
            }
        }
    }

    private boolean update(String uuid) {
        return database.sql("uploads/claim-inbox-file")
                        .param("uuid", uuid)
                        .param("process", process.toString())
                        .param("node", process.node())
                        .param("dead", Timestamp.from(clock.instant().minus(DEAD)))
                        .update()
                == 1;
    }

    private boolean insert(String uuid, FileState now) {
        try {
            database.sql("uploads/insert-inbox-file")
                    .param("uuid", uuid)
                    .param("process", process.toString())
                    .param("node", process.node())
                    .param("size", now.size())
                    .param("modified", now.modified())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            return true;
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                return false; // another process has claimed it
            }
            throw e;
        }
    }

    Row find(String uuid) {
        return database.sql("uploads/find-inbox-file")
                .param("uuid", uuid)
                .query(Row::of)
                .single();
    }

    /** Keeps where the file goes, before it does. */
    void name(String uuid, String bucket, String key) {
        database.sql("uploads/name-inbox-file")
                .param("uuid", uuid)
                .param("bucket", bucket)
                .param("key", key)
                .update();
    }

    /** Leaves the file to whoever tries next. */
    void release(String uuid) {
        inWork.remove(uuid);
        database.sql("uploads/release-inbox-file")
                .param("uuid", uuid)
                .param("process", process.toString())
                .update();
    }

    /** To be called when the file has left its place for good. */
    void delete(String uuid) {
        inWork.remove(uuid);
        database.sql("uploads/delete-inbox-file").param("uuid", uuid).update();
    }

    /** What processes have left that ended after their last step. */
    Timestamp endedBefore() {
        return Timestamp.from(clock.instant().minus(Duration.ofHours(1)));
    }
}
