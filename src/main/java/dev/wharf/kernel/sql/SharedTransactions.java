package dev.wharf.kernel.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Short writes of many threads: those that come while another one waits for the disk share the next transaction. HSQLDB has
 * no group commit of its own: each commit waits for its place on disk, and all others wait for it.
 */
public final class SharedTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedTransactions.class);
    private static final int MOST = 100;
    private static final long SOON_MILLIS = 50;

    private final TransactionTemplate transactions;
    private final Queue<Write<?>> waiting = new ConcurrentLinkedQueue<>();
    private final Lock turn = new ReentrantLock();
    private final AtomicBoolean someIsDueSoon = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor soon =
            new ScheduledThreadPoolExecutor(1, SharedTransactions::daemon, (late, closed) -> writeWaiting());

    public SharedTransactions(DataSource dataSource) {
        this(new TransactionTemplate(new JdbcTransactionManager(dataSource)));
    }

    SharedTransactions(TransactionTemplate transactions) {
        this.transactions = transactions;
    }

    /**
     * Writes, and returns when that is durable; within a transaction of the calling thread, when it has been done in that.
     *
     * @param work statements alone, of rows that no other thread writes at the same time: it is done again where another
     *     one's has failed in the same transaction
     * @return what the work returns
     */
    public <T> T write(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        var mine = new Write<>(work, true);
        waiting.add(mine);
        turn.lock();
        try {
            while (!mine.done) {
                carryOut(next());
            }
        } finally {
            turn.unlock();
        }
        return mine.outcome();
    }

    /**
     * Writes soon, and before whatever the calling thread {@linkplain #write writes} next; within a transaction of the
     * calling thread, at once. Nobody waits for it: it may be lost with the process, and a failure is in the log only.
     *
     * @param work as in {@link #write}
     */
    public void writeSoon(Supplier<?> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            work.get();
            return;
        }
        waiting.add(new Write<>(work, false));
        if (someIsDueSoon.compareAndSet(false, true)) {
            soon.schedule(this::writeWaiting, SOON_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "registry-writes");
        thread.setDaemon(true);
        return thread;
    }

    private void writeWaiting() {
        someIsDueSoon.set(false);
        turn.lock();
        try {
            for (List<Write<?>> next = next(); !next.isEmpty(); next = next()) {
                carryOut(next);
            }
        } finally {
            turn.unlock();
        }
    }

    /** Writes what is to be written soon. */
    @Override
    public void close() {
        soon.shutdown();
        writeWaiting();
    }

    private List<Write<?>> next() {
        var next = new ArrayList<Write<?>>();
        for (var write = waiting.poll(); write != null; write = next.size() < MOST ? waiting.poll() : null) {
            next.add(write);
        }
        return next;
    }

    private void carryOut(List<Write<?>> writes) {
        try {
            transactions.executeWithoutResult(status -> writes.forEach(Write::perform));
            writes.forEach(write -> write.done = true);
        } catch (RuntimeException | Error e) {
            if (writes.size() == 1) {
                writes.get(0).fail(e);
            } else {
                writes.forEach(write -> carryOut(List.of(write)));
            }
        }
    }

    /** Seen in somebody's turn only, but for what its own thread has waited for. */
    private static final class Write<T> {
        private final Supplier<T> work;
        private final boolean awaited;
        private T result;
        private Throwable failure;
        private boolean done;

        Write(Supplier<T> work, boolean awaited) {
            this.work = work;
            this.awaited = awaited;
        }

        void perform() {
            result = work.get();
        }

        void fail(Throwable failure) {
            this.failure = failure;
            done = true;
            if (!awaited) {
                LOG.warn("Not written to the registry, and gone on without: {}", failure.getMessage());
            }
        }

        T outcome() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (RuntimeException) failure;
            }
            return result;
        }
    }
}
