package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.ClientGoneException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The body of a streamed answer: a worker fills buffers, and the event loop sends them. */
final class AnswerBody extends OutputStream {
    /** One trip to the event loop for each. */
    private static final int CHUNK = 128 << 10;

    /** Enough for the network to be busy while the next bytes are fetched. */
    private static final int MOST_IN_FLIGHT = 8 * CHUNK;

    private final HttpServerResponse response;
    private final Context context;
    private final Duration stallTimeout;
    private final Pace pace;
    /** What was announced; unbounded where nothing was. */
    private final long length;

    private final boolean whole;
    private long written;
    private boolean closed;
    private ByteBuf chunk;

    // All guarded by this.
    private int inFlight;
    private boolean gone;
    private boolean over;
    /** Sent, and to be filled again: Netty's pool would give the memory back to the system and take it anew. */
    private final Deque<ByteBuf> spare = new ArrayDeque<>();

    private Runnable whenGone = () -> {};

    /**
     * The head is set, and will be sent with the first bytes.
     *
     * @param context of the event loop
     * @param length in bytes; null where it is not known
     */
    AnswerBody(HttpServerResponse response, Context context, Duration stallTimeout, Long length) {
        this.response = response;
        this.context = context;
        this.stallTimeout = stallTimeout;
        this.pace = new Pace(stallTimeout);
        this.whole = length != null;
        this.length = whole ? length : Long.MAX_VALUE;
        response.closeHandler(nothing -> leave()).exceptionHandler(failure -> leave());
        if (response.closed()) {
            leave();
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (count > length - written) {
            throw new IOException("More bytes are written than the " + length + " that were announced");
        }
        int from = offset;
        while (from < offset + count) {
            if (chunk == null) {
                chunk = empty();
            }
            int part = Math.min(chunk.writableBytes(), offset + count - from);
            chunk.writeBytes(bytes, from, part);
            from += part;
            written += part;
            if (!chunk.isWritable()) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (chunk != null) {
            awaitRoom(chunk.readableBytes());
            ByteBuf full = chunk;
            chunk = null;
            send(full);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (whole && written < length) {
            throw new IOException("Only " + written + " of " + length + " bytes were written");
        }
        flush();
        awaitRoom(0);
        EventLoop.run(context, stallTimeout, this::end);
    }

    /** Gives the memory back. The worker has done with it; what is still being sent follows. */
    synchronized void free() {
        over = true;
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
        spare.forEach(ByteBuf::release);
        spare.clear();
    }

    void whenGone(Runnable action) {
        synchronized (this) {
            if (!gone) {
                whenGone = action;
                return;
            }
        }
        run(action);
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** Behind all that was sent before. */
    private void end() {
        if (!response.ended()) {
            response.end();
        }
    }

    @SuppressWarnings("deprecation") // the only way to send a pooled buffer without another copy
    private void send(ByteBuf full) {
        synchronized (this) {
            inFlight += full.readableBytes();
        }
        try {
            // Vert.x sends a slice that nobody can release: that is left to us.
            response.write(Buffer.buffer(full), sent -> sent(full, sent.succeeded()));
        } catch (IllegalStateException e) {
            sent(full, false); // the answer was ended by another hand
        }
    }

    private void sent(ByteBuf full, boolean arrived) {
        synchronized (this) {
            inFlight -= full.readableBytes();
            if (over) {
                full.release();
            } else {
                spare.push(full.clear());
            }
            notifyAll();
        }
        if (!arrived) {
            leave();
        }
    }

    private synchronized ByteBuf empty() {
        ByteBuf used = spare.poll();
        return used == null ? PooledByteBufAllocator.DEFAULT.directBuffer(CHUNK, CHUNK) : used;
    }

    private synchronized void awaitRoom(int more) throws IOException {
        int before = inFlight;
        int atFirst = inFlight;
        long begin = System.nanoTime();
        long deadline = System.nanoTime() + stallTimeout.toNanos();
        while (!gone && inFlight > 0 && inFlight + more > MOST_IN_FLIGHT) {
            if (inFlight < before) {
                before = inFlight;
                deadline = System.nanoTime() + stallTimeout.toNanos();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new ClientGoneException("The client took nothing for " + stallTimeout.toSeconds() + " s");
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
        if (gone) {
            throw new ClientGoneException("The client has gone");
        }
        if (!pace.keeps(System.nanoTime() - begin, atFirst - inFlight)) {
            throw new ClientGoneException("The client takes too little: " + pace.text());
        }
    }

    /** As if the client had gone. */
    void leave() {
        Runnable action;
        synchronized (this) {
            if (gone) {
                return;
            }
            gone = true;
            action = whenGone;
            notifyAll();
        }
        run(action);
    }

    private void run(Runnable action) {
        context.executeBlocking(
                () -> {
                    action.run();
                    return null;
                },
                false);
    }
}
