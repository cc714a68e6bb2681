package dev.wharf.polling;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * When each schedule is due next: one row of db-scheduler for each that is enabled, changed in the transaction that changes
 * the schedule. Of one that is running nothing is changed here: when its run ends, the schedule is looked at as it is then. Not
 * by db-scheduler's client, which refuses what another one has changed since it looked: here, the last word holds.
 */
public class DueTimes {
    /** Task of db-scheduler, also named in SQL. */
    static final String TASK = "runSchedule";

    /** What a schedule is stands in its own table, so nothing is ever serialised, nor read back as code of somebody's choice. */
    static final Serializer NOTHING = new Serializer() {
        @Override
        public byte[] serialize(Object data) {
            if (data != null) {
                throw new IllegalArgumentException("Schedules have no data");
            }
            return null;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return null;
        }
    };

    private final Database database;

    public DueTimes(Database database) {
        this.database = database;
    }

    /** Lets a schedule be due that is not yet among those that are due or run. */
    void add(long scheduleId, Instant at) {
        database.inTransaction(() -> {
            keep(scheduleId);
            insert(scheduleId, at);
        });
    }

    void set(long scheduleId, Instant at) {
        database.inTransaction(() -> {
            keep(scheduleId);
            int changed = database.sql("polling/set-due-time")
                    .param("instance", String.valueOf(scheduleId))
                    .param("at", Timestamp.from(at))
                    .update();
            if (changed == 0) {
                insert(scheduleId, at);
            }
        });
    }

    void remove(long scheduleId) {
        database.sql("polling/remove-due-time")
                .param("instance", String.valueOf(scheduleId))
                .update();
    }

    /** Lets others wait who say when it is due, so that no two of them insert the row. */
    private void keep(long scheduleId) {
        database.sql("polling/keep-schedule").param("id", scheduleId).update();
    }

    private void insert(long scheduleId, Instant at) {
        database.sql("polling/add-due-time")
                .param("id", scheduleId)
                .param("at", Timestamp.from(at))
                .update();
    }
}
