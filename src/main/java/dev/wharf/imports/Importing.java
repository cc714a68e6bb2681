package dev.wharf.imports;

import dev.wharf.datasets.ManifestWriter;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import dev.wharf.store.S3Uri;

/** An import under way: where it reads, and how far it is. Used by one thread. */
public final class Importing implements Placed {
    private final ImportRequest request;
    private final Source source;
    private final Place place;
    private final ManifestWriter manifest;
    private final long datasetId;
    private final Findings findings = new Findings();
    private long ignored;

    /**
     * @param store opened for the caller
     */
    Importing(ImportRequest request, ObjectStore store, Source source, ManifestWriter manifest, long datasetId) {
        this.request = request;
        this.source = source;
        this.place = new Place(store, source.uri().bucket(), source.uri().key());
        this.manifest = manifest;
        this.datasetId = datasetId;
    }

    /** The folder, to be walked through; or the file. */
    @Override
    public Place place() {
        return place;
    }

    /** What the store says of the file, if it is one; null for a folder. */
    public ObjectInfo file() {
        return source.file();
    }

    /** {@link Imports#isData}. */
    boolean isData(ObjectInfo object) {
        boolean data = source.file() != null || ObjectNames.isData(place.key(), object.key());
        if (!data) {
            ignored++;
        }
        return data;
    }

    /**
     * @throws ProblemException 400 for a key that the registry cannot keep
     */
    void add(ObjectInfo listed) {
        Source.requireStorable(source.uri().withKey(listed.key()));
        ObjectInfo object = lookedAt(listed);
        findings.add(object);
        if (!findings.refuses()) {
            manifest.add(object);
        }
    }

    /** Only AWS tells in listings of copies of archived objects. Once one has none, the import is refused anyway. */
    private ObjectInfo lookedAt(ObjectInfo object) {
        return object.archived() && !findings.refuses()
                ? ObjectFinder.find(place.store(), place.bucket(), object.key()).orElse(object)
                : object;
    }

    /** To be called at the end: all is written, or the import is refused. */
    void finish() {
        if (!findings.any() && ignored == 0) {
            S3Uri named = request.source();
            throw new ProblemException(
                    Problem.NOT_FOUND,
                    (named.isFolder() ? "There is nothing in the folder " : "There is neither a file nor a folder ")
                            + named.location());
        }
        findings.check(source.uri(), request.said(), ignored);
    }

    ImportRequest request() {
        return request;
    }

    public long datasetId() {
        return datasetId;
    }

    ManifestWriter manifest() {
        return manifest;
    }

    /** Objects that are no data. */
    public long ignored() {
        return ignored;
    }
}
