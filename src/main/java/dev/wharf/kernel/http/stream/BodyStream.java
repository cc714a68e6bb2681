package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Bytes that arrive on the event loop, for a worker that waits for them. Only a few buffers are asked for ahead of what
 * is read, so a slow reader slows the sender down and memory stays flat.
 *
 * <p>Read by one thread. Ends only when the sender has ended; whatever else happens is an exception.
 */
final class BodyStream extends InputStream {
    /** Enough to keep the network busy while one buffer is being read; half of them are asked for at one time. */
    private static final int IN_FLIGHT = 4;

    private static final Object END = new Object();

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final LongConsumer fetch;
    private final Duration stallTimeout;
    private final Pace pace;
    private Buffer buffer = Buffer.buffer();
    private int position;
    private long received;
    private int wanted = IN_FLIGHT;
    private Object outcome;

    /**
     * @param fetch asks the sender for so many more buffers
     * @param stallTimeout how long the sender may be silent
     */
    BodyStream(LongConsumer fetch, Duration stallTimeout) {
        this.fetch = fetch;
        this.stallTimeout = stallTimeout;
        this.pace = new Pace(stallTimeout);
    }

    /** Answers {@code Expect: 100-continue}: the body is wanted. */
    static void invite(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
    }

    void add(Buffer more) {
        arrived.add(more);
    }

    void end() {
        arrived.add(END);
    }

    /** What the reader will meet behind the bytes that came before. */
    void fail(Throwable failure) {
        arrived.add(failure);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * @throws BrokenBodyException if the rest will not come
     * @throws ProblemException if what comes is not what was asked for
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == buffer.length()) {
            if (!next()) {
                return -1;
            }
        }
        int count = Math.min(length, buffer.length() - position);
        buffer.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private boolean next() throws IOException {
        if (outcome == null) {
            if (wanted >= IN_FLIGHT / 2) {
                fetch.accept(wanted);
                wanted = 0;
            }
            Object event = await();
            if (event instanceof Buffer more) {
                wanted++;
                buffer = more;
                position = 0;
                received += more.length();
                return true;
            }
            outcome = event;
        }
        if (outcome == END) {
            return false;
        }
        if (outcome instanceof ProblemException refused) {
            throw refused;
        }
        Throwable reason = (Throwable) outcome;
        throw new BrokenBodyException(
                "The body broke off after " + received + " bytes: " + reason.getMessage(), reason);
    }

    private Object await() throws IOException {
        long begin = System.nanoTime();
        try {
            Object event = arrived.poll(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                return new BrokenBodyException("Nothing came for " + stallTimeout.toSeconds() + " s");
            }
            return event instanceof Buffer more && !pace.keeps(System.nanoTime() - begin, more.length())
                    ? new BrokenBodyException("It came too slowly: " + pace.text())
                    : event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
