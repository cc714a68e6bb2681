package dev.wharf.s3.read;

import dev.wharf.store.StoreException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of an object on its way into memory: one thread fills it while another takes what has come. Whatever fails is
 * not reported from here, since the reader asks for the same bytes again, and that answer counts.
 */
final class FetchedRange implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FetchedRange.class);
    private static final int CHUNK = ReadBuffers.CHUNK;

    /** Takes bytes where they lie; they are not to be kept. */
    interface Taker {
        void take(byte[] chunk, int offset, int count) throws IOException;
    }

    private final ObjectVersion version;
    private final ReadBuffers buffers;
    private final long start;
    private final int length;
    private final byte[][] chunks;
    private final long begunAt = System.nanoTime();

    // All guarded by this.
    private int held;
    private int filled;
    private int taken;
    private long fetchNanos;
    private boolean over;
    private boolean closed;
    private ResumingBody body;

    /** The memory has been lent: {@link #chunks} of it. */
    FetchedRange(ObjectVersion version, ReadBuffers buffers, long start, long end) {
        this.version = version;
        this.buffers = buffers;
        this.start = start;
        length = (int) (end - start);
        held = chunks(start, end);
        chunks = new byte[held][];
    }

    /** How many chunks a range takes. */
    static int chunks(long start, long end) {
        return (int) ((end - start + CHUNK - 1) / CHUNK);
    }

    long start() {
        return start;
    }

    long end() {
        return start + length;
    }

    /** Whether something has come. */
    synchronized boolean hasBegun() {
        return filled > 0;
    }

    /** Whether nothing more will come. */
    synchronized boolean hasFailed() {
        return over && filled < length;
    }

    synchronized ReadPace.Progress progress() {
        return new ReadPace.Progress(filled == length, fetchNanos, System.nanoTime() - begunAt);
    }

    /** Fills it, to its end or as far as it goes. */
    void fetch() {
        try (ResumingBody bytes = open()) {
            int position = 0;
            while (position < length) {
                int offset = position % CHUNK;
                int count = bytes.read(chunk(position), offset, Math.min(CHUNK - offset, length - position));
                position += count;
                came(position);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("Nothing is fetched ahead: {}", e.getMessage());
        } finally {
            finish();
        }
    }

    /**
     * Hands out what has come of one chunk, and waits if that is nothing yet.
     *
     * @return how many bytes it were; 0 where no more will come
     * @throws StoreException if the thread is interrupted
     * @throws IOException once it is closed, and whatever the taker throws
     */
    int take(int most, Taker taker) throws IOException {
        int from;
        int count;
        byte[] chunk;
        synchronized (this) {
            awaitBytes();
            from = taken;
            count = Math.min(Math.min(most, filled - from), CHUNK - from % CHUNK);
            if (count == 0) {
                return 0;
            }
            chunk = chunks[from / CHUNK];
        }
        taker.take(chunk, from % CHUNK, count);
        synchronized (this) {
            taken += count;
            if (!closed && (taken % CHUNK == 0 || taken == length)) {
                chunks[from / CHUNK] = null;
                buffers.reuse(chunk);
                giveBack(1);
            }
        }
        return count;
    }

    /**
     * Frees the memory at once, and breaks the connection off. A request that has not been answered yet is left alone: the
     * SDK reads the answer to an interrupted one to its end.
     */
    @Override
    public void close() {
        ResumingBody open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            // Arrays that somebody may still be writing to or reading from are nobody else's.
            giveBack(held);
            open = body;
            notifyAll();
        }
        if (open != null) {
            open.close();
        }
    }

    private ResumingBody open() throws IOException {
        refuseIfClosed();
        ObjectBody answer = version.get(start, end());
        synchronized (this) {
            body = new ResumingBody(version, answer, start, end());
        }
        if (answer.isWhole() || isClosed()) {
            answer.abort();
            throw new IOException("closed, or ranges are ignored");
        }
        return body;
    }

    private synchronized byte[] chunk(int position) throws IOException {
        refuseIfClosed();
        int index = position / CHUNK;
        if (chunks[index] == null) {
            chunks[index] = buffers.chunk();
        }
        return chunks[index];
    }

    private synchronized void came(int position) {
        filled = position;
        if (position == length) {
            fetchNanos = System.nanoTime() - begunAt;
        }
        notifyAll();
    }

    private synchronized void finish() {
        over = true;
        notifyAll();
    }

    private synchronized void awaitBytes() throws IOException {
        try {
            while (taken == filled && !over && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            throw version.interrupted(e);
        }
        refuseIfClosed();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void refuseIfClosed() throws IOException {
        if (isClosed()) {
            throw new IOException("The stream is closed");
        }
    }

    private void giveBack(int count) {
        held -= count;
        buffers.giveBack(count);
    }
}
