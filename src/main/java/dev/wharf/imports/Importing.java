package dev.wharf.imports;

import dev.wharf.datasets.ManifestWriter;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import dev.wharf.store.S3Uri;

/** An import under way: where it reads, and how far it is. Used by one thread. */
public final class Importing implements Placed {
    private final ImportRequest request;
    private final Sight sight;
    private final ManifestWriter manifest;
    private final long datasetId;
    private final Findings findings = new Findings();
    private long ignored;

    Importing(ImportRequest request, Sight sight, ManifestWriter manifest, long datasetId) {
        this.request = request;
        this.sight = sight;
        this.manifest = manifest;
        this.datasetId = datasetId;
    }

    /** The folder, to be walked through; or the file. */
    @Override
    public Place place() {
        return sight.place();
    }

    /** What the store says of the file, if it is one; null for a folder. */
    public ObjectInfo file() {
        return sight.file();
    }

    /** {@link Imports#isData}. */
    boolean isData(ObjectInfo object) {
        boolean data = sight.isData(object);
        if (!data) {
            ignored++;
        }
        return data;
    }

    /**
     * @throws ProblemException 400 for a key that the registry cannot keep
     */
    void add(ObjectInfo listed) {
        Source.requireStorable(sight.uri().withKey(listed.key()));
        ObjectInfo object = lookedAt(listed);
        findings.add(object);
        if (!findings.refuses()) {
            manifest.add(object);
        }
    }

    /** Only AWS tells in listings of copies of archived objects. Once one has none, the import is refused anyway. */
    private ObjectInfo lookedAt(ObjectInfo object) {
        return object.archived() && !findings.refuses()
                ? ObjectFinder.find(place().store(), place().bucket(), object.key())
                        .orElse(object)
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
        findings.check(sight.uri(), request.said(), ignored);
    }

    ImportRequest request() {
        return request;
    }

    public long datasetId() {
        return datasetId;
    }

    /** Of the files that it writes. */
    public long manifestId() {
        return manifest.manifestId();
    }

    ManifestWriter manifest() {
        return manifest;
    }

    /** Objects that are no data. */
    public long ignored() {
        return ignored;
    }
}
