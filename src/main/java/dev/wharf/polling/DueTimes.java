package dev.wharf.polling;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * When each schedule is due next: one row of db-scheduler for each that is enabled, changed in the transaction that changes
 * the schedule. Of one that is running nothing is changed here: when its run ends, the schedule is looked at as it is then.
 */
public final class DueTimes {
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

    private final SchedulerClient client;

    public DueTimes(DataSource registry) {
        Task<Void> named = Tasks.custom(TASK, Void.class).execute((instance, context) -> null);
        this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(registry), named)
                .serializer(NOTHING)
                .build();
    }

    /** Lets a schedule be due that is not yet among those that are due or run. */
    void add(long scheduleId, Instant at) {
        client.scheduleIfNotExists(new TaskInstance<Void>(TASK, String.valueOf(scheduleId)), at);
    }

    void set(long scheduleId, Instant at) {
        try {
            client.schedule(
                    new TaskInstance<Void>(TASK, String.valueOf(scheduleId)),
                    at,
                    SchedulerClient.ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        } catch (TaskInstanceCurrentlyExecutingException running) {
            // See above.
        }
    }

    void remove(long scheduleId) {
        try {
            client.cancel(TaskInstanceId.of(TASK, String.valueOf(scheduleId)));
        } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException over) {
            // See above; or it was not due.
        }
    }
}
