package dev.wharf.kernel.sql;

import dev.wharf.kernel.settings.Settings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk of the embedded registry has room for what it might be asked to keep. Looked at ahead of time: once a
 * write has failed, HSQLDB says nothing and goes on.
 */
public final class FreeSpace {
    private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);

    /** Asking costs a microsecond, and answering a request many. */
    private static final long EVERY_NANOS = 100_000_000;

    private final LongSupplier usable;
    private final long low;
    private final long enough;
    private final AtomicLong looked = new AtomicLong();
    private volatile long bytes;
    private volatile boolean isLow;

    /**
     * @param usable the bytes that are free
     * @param low nothing is written with fewer bytes than that
     * @param enough with so many it is again
     */
    public FreeSpace(LongSupplier usable, long low, long enough) {
        this.usable = usable;
        this.low = low;
        this.enough = enough;
        look();
    }

    /** That of the disk where a folder is, or will be. */
    static FreeSpace of(Path folder, Settings.Registry settings) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        File place = there.toFile();
        return new FreeSpace(place::getUsableSpace, settings.lowSpace(), settings.enoughSpace());
    }

    /** That of a database elsewhere, which says itself when it cannot write. */
    static FreeSpace elsewhere() {
        return new FreeSpace(() -> Long.MAX_VALUE, 0, 0);
    }

    /** Whether nothing may be written at the moment. */
    public boolean isLow() {
        long last = looked.get();
        if (System.nanoTime() - last >= EVERY_NANOS && looked.compareAndSet(last, System.nanoTime())) {
            look();
        }
        return isLow;
    }

    private void look() {
        bytes = usable.getAsLong();
        boolean now = bytes < (isLow ? enough : low);
        if (now != isLow) {
            isLow = now;
            LOG.warn(
                    "The registry is {}: {} MB are free on its disk",
                    now ? "read-only" : "written to again",
                    bytes >> 20);
        }
    }

    /** The bytes that were free when somebody looked. */
    public long bytes() {
        isLow();
        return bytes;
    }

    /** For who is told that there is none. */
    String text() {
        return (bytes() >> 20) + " MB are free, and the registry writes nothing below " + (low >> 20)
                + " MB (wharf.registry.low-space)" + (isLow ? ", or again at " + (enough >> 20) + " MB" : "");
    }
}
