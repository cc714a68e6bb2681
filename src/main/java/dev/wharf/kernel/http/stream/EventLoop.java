package dev.wharf.kernel.http.stream;

import io.vertx.core.Context;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a worker has its event loop do. */
final class EventLoop {
    private EventLoop() {}

    /**
     * Has something done, and waits until it is. An answer is ended so: a worker that went on at once could be back before,
     * and Camel, which looks whether an answer has ended, would give it an end and a status of its own.
     *
     * @param patience how long to wait at most, for an event loop that is gone
     */
    static void run(Context context, Duration patience, Runnable work) throws InterruptedIOException {
        var done = new CountDownLatch(1);
        context.runOnContext(nothing -> {
            try {
                work.run();
            } finally {
                done.countDown();
            }
        });
        try {
            done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
