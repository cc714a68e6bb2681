package dev.wharf.jobs;

import dev.wharf.kernel.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once a second how many bytes of a stream were read so far, to be written where everybody can see it, and ends where
 * nobody wants the rest. That it could not be told stops nothing: it is told again a second later.
 */
public final class MeteredStream extends FilterInputStream {
    private static final Logger LOG = LoggerFactory.getLogger(MeteredStream.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongPredicate told;
    private final Supplier<ProblemException> unwanted;
    private long bytes;
    private long toldAt = System.nanoTime();

    /** @param told gets the bytes from the beginning of the stream; is called by whoever reads */
    public MeteredStream(InputStream in, LongConsumer told) {
        this(
                in,
                bytes -> {
                    told.accept(bytes);
                    return true;
                },
                null);
    }

    /**
     * @param told as above; says whether the rest is wanted
     * @param unwanted why it is not: what the next read fails with
     */
    public MeteredStream(InputStream in, LongPredicate told, Supplier<ProblemException> unwanted) {
        super(in);
        this.told = told;
        this.unwanted = unwanted;
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        count(Math.max(0, count));
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(count);
        count(skipped);
        return skipped;
    }

    /** In pieces as large as the metered stream has them. */
    @Override
    public long transferTo(OutputStream out) throws IOException {
        return in.transferTo(new FilterOutputStream(out) {
            @Override
            public void write(int one) throws IOException {
                out.write(one);
                count(1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                count(length);
            }
        });
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long more) throws IOException {
        bytes += more;
        long now = System.nanoTime();
        if (now - toldAt < EVERY_NANOS) {
            return;
        }
        toldAt = now;
        if (!tell()) {
            ProblemException problem = unwanted.get();
            throw new IOException(problem.detail(), problem);
        }
    }

    private boolean tell() {
        try {
            return told.test(bytes);
        } catch (RuntimeException e) {
            LOG.debug("How far a transfer is could not be written down", e);
            return true;
        }
    }
}
