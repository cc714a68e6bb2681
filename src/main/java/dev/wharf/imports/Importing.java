package dev.wharf.imports;

import dev.wharf.datasets.ManifestWriter;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** An import under way: what is being read, and how far it is. Used by one thread. */
public final class Importing implements Iterator<ObjectInfo>, AutoCloseable {
    private final ImportRequest request;
    private final Source source;
    private final ManifestWriter manifest;
    private final long datasetId;
    private final Findings findings = new Findings();
    private long seen;
    private long files;
    private long bytes;
    private boolean ended;

    Importing(ImportRequest request, Source source, ManifestWriter manifest, long datasetId) {
        this.request = request;
        this.source = source;
        this.manifest = manifest;
        this.datasetId = datasetId;
    }

    @Override
    public boolean hasNext() {
        if (ended) {
            return false;
        }
        try {
            return source.objects().hasNext();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * @throws NoSuchElementException at the end
     */
    @Override
    public ObjectInfo next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        seen++;
        return source.objects().next();
    }

    /** {@link Imports#isData}. */
    boolean isData(ObjectInfo object) {
        return !source.uri().isFolder() || ObjectNames.isData(source.uri().key(), object.key());
    }

    /**
     * @throws ProblemException 400 for a key that the registry cannot keep
     */
    void add(ObjectInfo object) {
        Source.requireStorable(source.uri().withKey(object.key()));
        findings.add(object);
        files++;
        bytes += object.size();
        if (!findings.refuses()) {
            manifest.add(object);
        }
    }

    /** To be called at the end: all is written, or the import is refused. */
    void finish() {
        close();
        findings.check(source.uri(), request.said(), ignored());
        manifest.flush();
    }

    ImportRequest request() {
        return request;
    }

    public long datasetId() {
        return datasetId;
    }

    public long files() {
        return files;
    }

    /** The sizes of all files, in bytes. */
    public long bytes() {
        return bytes;
    }

    /** Objects that are no data. */
    public long ignored() {
        return seen - files;
    }

    /** Nothing comes any more: the splitter runs through what is left, also when it has failed. */
    @Override
    public void close() {
        ended = true;
        source.close();
    }
}
