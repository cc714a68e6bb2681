package dev.wharf.polling;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.sql.Database;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Lets {@code direct:runSchedule} begin for each schedule that is due, in one process at a time. What a process has in hand
 * that dies is taken over within a minute, and at once by the next start of the same node.
 */
public final class PollingRoutes implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 5;
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE_WHEN_STOPPED = Duration.ofSeconds(5);

    private final Database database;
    private final Polls polls;
    private final ProcessId process;
    private final int threads;
    private Scheduler scheduler;
    private ProducerTemplate template;

    /** @param threads runs at one time */
    public PollingRoutes(Database database, Polls polls, ProcessId process, int threads) {
        this.database = database;
        this.polls = polls;
        this.process = process;
        this.threads = threads;
    }

    /** To be called once the routes are there. */
    public void start(CamelContext context) {
        template = context.createProducerTemplate();
        database.sql("polling/release-picked")
                .param("ofThisNode", ListQuery.escaped(process.ofThisNode()) + "%")
                .update();
        CustomTask<Void> task = Tasks.custom(DueTimes.TASK, Void.class)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, complete.getTimeDone().plus(AGAIN)))
                .onDeadExecutionRevive()
                .execute(this::run);
        scheduler = Scheduler.create(database.dataSource(), task)
                .serializer(DueTimes.NOTHING)
                .schedulerName(new SchedulerName.Fixed(process.toString()))
                .threads(threads)
                .pollingInterval(LOOK)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(PATIENCE_WHEN_STOPPED)
                .failureLogging(LogLevel.WARN, false)
                .build();
        scheduler.start();
    }

    private CompletionHandler<Void> run(TaskInstance<Void> instance, ExecutionContext context) {
        long id = Long.parseLong(instance.getId());
        Instant due = context.getExecution().executionTime;
        Exchange done = template.send("direct:runSchedule", exchange -> {
            exchange.setVariable("scheduleId", id);
            exchange.setVariable("due", due);
        });
        if (done.getException() != null) {
            throw new IllegalStateException("Schedule " + id + " could not run", done.getException());
        }
        return (complete, operations) ->
                polls.next(id, due).ifPresentOrElse(next -> operations.reschedule(complete, next), operations::remove);
    }

    /** Lets what is under way end for a moment; the rest goes on when the node starts again, or elsewhere. */
    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.stop();
        }
    }
}
