package dev.wharf.running;

import dev.wharf.datasets.DatasetFile;
import dev.wharf.engine.file.EngineInput;
import dev.wharf.store.ObjectStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The fetch of a run's files, of which many are under way at one time, until one of them fails. Used by many threads. */
final class Fetching {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<Long, EngineInput> inputs = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();
    /** Of each file that is being read, the bytes that have come. */
    private final Map<ObjectStream, Long> underWay = new ConcurrentHashMap<>();

    private final AtomicReference<Failure> failure = new AtomicReference<>();
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime());

    /** @param file that failed; null where it was none of them */
    record Failure(DatasetFile file, Throwable cause) {}

    /** The files to fetch, of which there are no more once one has failed. Used by one thread after the other. */
    Iterator<DatasetFile> of(Iterator<DatasetFile> files) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                try {
                    return failure() == null && files.hasNext();
                } catch (RuntimeException e) {
                    fail(null, e); // what is under way has to end first
                    return false;
                }
            }

            @Override
            public DatasetFile next() {
                return files.next();
            }
        };
    }

    /** A file is being read; it ends at once where another one has failed. */
    void begin(ObjectStream file) {
        underWay.put(file, 0L);
        if (failure() != null) {
            close(file);
        }
    }

    void read(ObjectStream file, long count) {
        underWay.put(file, count);
    }

    void end(ObjectStream file) {
        underWay.remove(file);
    }

    void add(DatasetFile file, EngineInput input) {
        inputs.put(file.number(), input);
        bytes.addAndGet(file.size());
    }

    /** Breaks off what is under way. That others fail because of it is no news. */
    void fail(DatasetFile file, Throwable cause) {
        if (failure.compareAndSet(null, new Failure(file, cause))) {
            underWay.keySet().forEach(Fetching::close);
        }
    }

    private static void close(ObjectStream file) {
        try {
            file.close();
        } catch (IOException e) {
            // its reader finds out
        }
    }

    /** The first one; null where there is none. */
    Failure failure() {
        return failure.get();
    }

    /** Tells how far it is, once a second. */
    void tell(Runnable teller) {
        long last = toldAt.get();
        long now = System.nanoTime();
        if (now - last >= EVERY_NANOS && toldAt.compareAndSet(last, now)) {
            teller.run();
        }
    }

    /** What was fetched, in the order of the dataset. */
    List<EngineInput> inputs() {
        return List.copyOf(inputs.values());
    }

    int files() {
        return inputs.size();
    }

    /** Of what was fetched, and of what is under way. */
    long bytes() {
        return bytes.get()
                + underWay.values().stream().mapToLong(Long::longValue).sum();
    }
}
