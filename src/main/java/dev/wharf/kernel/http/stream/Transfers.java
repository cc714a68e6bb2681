package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transfers that are under way. Each may last for hours, so that every few seconds it is asked anew whether its caller
 * may have it: who is disabled, or lost the token or the share, is cut off then, and not at the end of the file.
 */
public final class Transfers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    private static final Set<Problem> OVER = Set.of(Problem.UNAUTHENTICATED, Problem.FORBIDDEN, Problem.NOT_FOUND);

    private final UnaryOperator<Object> again;
    private final Set<Transfer> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var watch = new Thread(work, "transfers");
        watch.setDaemon(true);
        return watch;
    });

    /** Compared by what it is, not by what it says. */
    private static final class Transfer {
        private final Object caller;
        private final Consumer<Object> check;
        private final Runnable end;

        Transfer(Object caller, Consumer<Object> check, Runnable end) {
            this.caller = caller;
            this.check = check;
            this.end = end;
        }
    }

    /**
     * @param again finds a caller as they are now; fails with 401 if they are nobody any more
     */
    public Transfers(UnaryOperator<Object> again, Duration every) {
        this.again = again;
        thread.scheduleWithFixedDelay(this::askAll, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins to ask.
     *
     * @param check gets the caller as they are now, and fails if the transfer is not theirs any more
     * @param end cuts the transfer off; may be run more than once
     * @return to be run when it has ended
     */
    Runnable watch(Object caller, Consumer<Object> check, Runnable end) {
        var transfer = new Transfer(caller, check, end);
        underWay.add(transfer);
        return () -> underWay.remove(transfer);
    }

    private void askAll() {
        underWay.forEach(this::ask);
    }

    private void ask(Transfer transfer) {
        try {
            transfer.check.accept(again.apply(transfer.caller));
        } catch (ProblemException e) {
            if (OVER.contains(e.problem())) {
                LOG.info("A transfer is cut off: {}", e.getMessage());
                transfer.end.run();
            }
        } catch (RuntimeException e) {
            LOG.debug("Whether a transfer may go on is asked again later", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
