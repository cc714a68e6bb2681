package dev.wharf.s3.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * The bytes of a document, through a window that moves: after {@link #ensure}, what lies between {@link #position} and
 * {@link #limit} is at least a {@link #STRETCH}, or all that is left. So no tag and no text needs to be put together
 * from pieces.
 */
final class XmlBytes {
    /**
     * What a tag or text may have in bytes; one of more than four times as many is always refused. A key has 1,024 at
     * most, and up to six times as many when it is escaped.
     */
    static final int STRETCH = 16 << 10;

    private final InputStream in;
    private final long most;
    final byte[] buffer = new byte[4 * STRETCH];
    int position;
    int limit;
    private long read;
    private boolean ended;

    /** @param most the size in bytes above which the document is refused */
    XmlBytes(InputStream in, long most) {
        this.in = in;
        this.most = most;
    }

    /** Whether there is anything left. May move the bytes: what was learnt of their places before is void. */
    boolean ensure() throws IOException, MalformedXmlException {
        if (limit - position < STRETCH && !ended) {
            fill();
        }
        return position < limit;
    }

    /** The byte at a place in the buffer, which must be part of the same tag or text as {@link #position}. */
    byte at(int index) throws MalformedXmlException {
        if (index < limit) {
            return buffer[index];
        }
        throw ended ? cutOff() : malformed("a tag or text is too long");
    }

    MalformedXmlException cutOff() {
        return MalformedXmlException.cutOff(read);
    }

    MalformedXmlException malformed(String what) {
        return new MalformedXmlException(what, read - (limit - position));
    }

    private void fill() throws IOException, MalformedXmlException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        while (limit < STRETCH && !ended) {
            // A socket does not heed interrupts. Whoever is told to stop should not have to read a slow store's answer.
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            int count = in.read(buffer, limit, buffer.length - limit);
            ended = count < 0;
            limit += Math.max(count, 0);
            read += Math.max(count, 0);
            if (read > most) {
                throw new MalformedXmlException("it is longer than " + most + " bytes: given up", most);
            }
        }
    }
}
