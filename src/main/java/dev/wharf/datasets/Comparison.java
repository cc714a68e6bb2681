package dev.wharf.datasets;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.KeyOrder;
import dev.wharf.store.ObjectInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Compares what is listed with a manifest. Both pass by once in the order of keys, so that memory stays flat, whatever their
 * number. Used by one thread.
 */
public final class Comparison {
    static final int SHOWN = 100;

    private final Dataset dataset;
    private final Iterator<DatasetFile> manifest;
    private final Files<DatasetFileView> added = new Files<>();
    private final Files<SourceChanges.Change> changed = new Files<>();
    private final Files<DatasetFileView> gone = new Files<>();
    private long unchanged;
    private long unchangedSize;
    private long ignored;
    private DatasetFile next;

    /** Of which so many are kept as are shown. */
    private static final class Files<T> {
        private final List<T> first = new ArrayList<>();
        private long count;
        private long size;

        void add(T file, long bytes) {
            count++;
            size += bytes;
            if (first.size() < SHOWN) {
                first.add(file);
            }
        }

        SourceChanges.Group<T> group() {
            return new SourceChanges.Group<>(count, size, first);
        }
    }

    /**
     * @param manifest the dataset's files, or those that it had
     * @throws ProblemException 409 if they are not in the order of their keys
     */
    public Comparison(Dataset dataset, Iterator<DatasetFile> manifest) {
        this.dataset = dataset;
        this.manifest = manifest;
        advance();
    }

    /** Notes an object that is no data. */
    public void ignore() {
        ignored++;
    }

    /**
     * Compares the next object.
     *
     * @throws ProblemException 409 if the manifest is not in the order of its keys
     */
    public void compare(ObjectInfo object) {
        while (next != null && KeyOrder.KEYS.compare(next.key(), object.key()) < 0) {
            addGone();
        }
        if (next == null || !next.key().equals(object.key())) {
            added.add(view(object.key(), object.size(), object.etag(), object.lastModified()), object.size());
            return;
        }
        if (next.isStill(object)) {
            unchanged++;
            unchangedSize += object.size();
        } else {
            changed.add(
                    new SourceChanges.Change(
                            object.key(),
                            uri(object.key()),
                            version(next.size(), next.etag(), next.lastModified()),
                            version(object.size(), object.etag(), object.lastModified())),
                    object.size());
        }
        advance();
    }

    /** To be called when all objects have passed. */
    public SourceChanges end() {
        while (next != null) {
            addGone();
        }
        return new SourceChanges(
                added.group(),
                changed.group(),
                gone.group(),
                new SourceChanges.Unchanged(unchanged, unchangedSize),
                ignored);
    }

    private void addGone() {
        gone.add(view(next.key(), next.size(), next.etag(), next.lastModified()), next.size());
        advance();
    }

    private void advance() {
        String last = next == null ? null : next.key();
        next = manifest.hasNext() ? manifest.next() : null;
        if (next != null && last != null && KeyOrder.KEYS.compare(last, next.key()) >= 0) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "The files of dataset " + dataset.id() + " were not listed in the order of their keys ("
                            + next.key()
                            + " comes after " + last + "), so that they cannot be compared with what is there now;"
                            + " refresh the dataset (POST /v4/importedDatasets/" + dataset.id() + "/refresh)");
        }
    }

    private DatasetFileView view(String key, long size, String etag, Instant lastModified) {
        return new DatasetFileView(key, uri(key), size, told(etag), lastModified);
    }

    private static SourceChanges.Version version(long size, String etag, Instant lastModified) {
        return new SourceChanges.Version(size, told(etag), lastModified);
    }

    private String uri(String key) {
        return dataset.source().withKey(key).toString();
    }

    private static String told(String etag) {
        return etag.isEmpty() ? null : etag;
    }
}
