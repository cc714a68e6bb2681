package dev.wharf.s3.write;

import dev.wharf.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The parts of one upload that are on their way, a few at a time, in their order. It needs no thread but the caller's
 * own, so that any number of uploads always gets on.
 */
final class PartsInFlight {
    private final Consumer<SentPart> arrived;
    private final Executor threads;
    private final int atATime;
    private final Deque<FutureTask<SentPart>> travelling = new ArrayDeque<>();

    /** @param arrived is told of each part, in their order */
    PartsInFlight(Consumer<SentPart> arrived, Executor threads, int atATime) {
        this.arrived = arrived;
        this.threads = threads;
        this.atATime = atATime;
    }

    boolean isEmpty() {
        return travelling.isEmpty();
    }

    /** Waits until another part may be sent. */
    void awaitRoom() {
        while (travelling.size() >= atATime) {
            awaitOldest();
        }
    }

    /**
     * Begins to send the next part.
     *
     * @param part sends it
     */
    void submit(Callable<SentPart> part) {
        var task = new FutureTask<>(part);
        travelling.add(task);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // All threads are busy with other uploads: this one has its own.
            task.run();
        }
    }

    /** Memory for the next part. An upload waits for it only while it holds none, so that any number of them gets on. */
    PartBuffer take(PartBuffers buffers, long capacity) {
        awaitRoom();
        PartBuffer free = buffers.takeIfFree(capacity);
        while (free == null && !isEmpty()) {
            awaitOldest();
            free = buffers.takeIfFree(capacity);
        }
        return free == null ? buffers.take(capacity) : free;
    }

    /** Waits for the oldest, and tells of it. */
    void awaitOldest() {
        FutureTask<SentPart> oldest = travelling.peek();
        try {
            arrived.accept(oldest.get());
            travelling.remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "The upload was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    void awaitAll() {
        while (!travelling.isEmpty()) {
            awaitOldest();
        }
    }

    /** After a failure. A part that arrives after the abort would stay for ever: all have to be through before. */
    void settle() {
        boolean interrupted = Thread.interrupted();
        while (!travelling.isEmpty()) {
            try {
                travelling.peek().get();
                travelling.remove();
            } catch (ExecutionException e) {
                travelling.remove();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
