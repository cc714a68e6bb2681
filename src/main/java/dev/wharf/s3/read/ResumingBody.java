package dev.wharf.s3.read;

import dev.wharf.store.StoreException;
import java.io.IOException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Some bytes of one version of an object, read to the last over as many connections as that takes. Read by one thread;
 * any other may close it.
 */
final class ResumingBody implements AutoCloseable {
    /** Progress after which a broken connection is a new misfortune rather than the same again. */
    private static final long PROGRESS = 64 << 10;

    private final ObjectVersion version;
    /** Behind the last byte that is wanted. */
    private final long end;

    // Both guarded by this.
    private ObjectBody body;
    private boolean closed;

    private boolean atPosition;
    private long position;
    private long resumedAt;
    private int failures;

    /**
     * @param body an answer that carries these bytes, or the whole object; null if there is none yet
     * @param position of the first byte that is wanted
     * @param end behind the last one
     */
    ResumingBody(ObjectVersion version, ObjectBody body, long position, long end) {
        this.version = version;
        this.body = body;
        this.position = position;
        this.end = end;
        resumedAt = position;
    }

    /**
     * As {@link java.io.InputStream#read(byte[], int, int)}, of one byte or more.
     *
     * @throws StoreException where the bytes cannot be had
     * @throws IOException once it is closed
     */
    int read(byte[] target, int offset, int length) throws IOException {
        if (position == end) {
            finish();
            return -1;
        }
        while (true) {
            Exception failure = null;
            try {
                int count = open().read(target, offset, (int) Math.min(length, end - position));
                if (count > 0) {
                    advance(count);
                    return count;
                }
            } catch (IOException | SdkException e) {
                failure = e;
            }
            retry(failure);
        }
    }

    /** Closing early abandons the rest. */
    @Override
    public void close() {
        ObjectBody open;
        synchronized (this) {
            closed = true;
            open = body;
        }
        if (open != null) {
            open.abort();
        }
    }

    private ObjectBody open() throws IOException {
        ObjectBody open;
        synchronized (this) {
            open = body;
        }
        if (open == null) {
            open = resume();
        }
        if (!atPosition) {
            // A store that ignores ranges sends the whole object.
            open.skip(open.isWhole() ? position : 0);
            atPosition = true;
        }
        return open;
    }

    private ObjectBody resume() throws IOException {
        refuseIfClosed();
        resumedAt = position;
        atPosition = false;
        ObjectBody next = version.get(position, end);
        synchronized (this) {
            body = next;
        }
        refuseIfClosed();
        return next;
    }

    private void advance(int count) {
        position += count;
        if (position - resumedAt >= PROGRESS) {
            failures = 0;
        }
        if (position == end) {
            finish();
        }
    }

    private void finish() {
        ObjectBody open;
        synchronized (this) {
            open = body;
            body = null;
        }
        if (open == null) {
            return;
        }
        try {
            open.finish();
        } catch (IOException | AbortedException e) {
            // All bytes are here; only the connection is of no further use.
        } catch (SdkException e) {
            throw version.broken("the bytes that came do not have the checksum that the store sent", e);
        }
    }

    private void retry(Exception failure) throws IOException {
        abandon();
        refuseIfClosed();
        if (++failures >= version.settings().attempts()) {
            throw version.broken(
                    "the connection broke " + failures + " times after " + position + " of "
                            + version.object().size() + " bytes",
                    failure);
        }
        if (!version.isResumable()) {
            throw version.broken("the connection broke, and without an ETag it cannot be resumed safely", failure);
        }
        try {
            version.settings().pause(failures);
        } catch (InterruptedException e) {
            throw version.interrupted(e);
        }
    }

    private void abandon() {
        ObjectBody open;
        synchronized (this) {
            open = body;
            body = null;
        }
        if (open != null) {
            open.abort();
        }
    }

    private synchronized void refuseIfClosed() throws IOException {
        if (closed) {
            if (body != null) {
                body.abort();
            }
            throw new IOException("The stream is closed");
        }
    }
}
