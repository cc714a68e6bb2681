package dev.wharf.imports;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.ManifestWriter;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import dev.wharf.store.S3Uri;
import java.io.IOException;
import java.util.List;

/** An import under way, or the look at what one would take in: where it reads, and how far it is. Used by one thread. */
public final class Importing implements Placed {
    private final ImportRequest request;
    private final Source source;
    private final Place place;
    private final ManifestWriter manifest;
    private final long datasetId;
    private final Findings findings = new Findings();
    private Progress progress = Progress.UNSEEN;
    private ExpectedFiles expected;
    private Dataset replaced;
    private String operation = "createImportedDataset";

    /**
     * @param store opened for the caller
     * @param manifest where its files go; null where it is only looked at
     * @param datasetId 0 where it is only looked at
     */
    Importing(ImportRequest request, ObjectStore store, Source source, ManifestWriter manifest, long datasetId) {
        this.request = request;
        this.source = source;
        this.place = source.place(store);
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

    /** The file, for whoever reads what a folder would be listed as. */
    public List<ObjectInfo> files() {
        return List.of(source.file());
    }

    /** {@link Imports#data}. */
    boolean isData(ObjectInfo object) throws IOException {
        if (expected != null) {
            return expected.holds(object.key());
        }
        var noData = source.noData(object.key());
        if (noData != null) {
            findings.ignore(noData);
            progress.ignored(object.key(), noData);
            progress.look(findings);
        }
        return noData == null;
    }

    /**
     * @throws ProblemException 400 for a key that the registry cannot keep; 409 if it is not as it is {@link #expecting expected}
     */
    void add(ObjectInfo listed) throws IOException {
        if (expected != null) {
            expected.take(listed);
        }
        Source.requireStorable(source.uri().withKey(listed.key()));
        ObjectInfo object = lookedAt(listed);
        if (object.archived() && request.options().skipArchived()) {
            findings.leaveOut(object);
            progress.look(findings);
            return;
        }
        findings.add(object);
        if (manifest != null && !findings.refuses()) {
            manifest.add(object);
        }
        if (source.path() != null) {
            source.path().requireFewEnough(findings.files());
        }
        progress.look(findings);
    }

    /** Only AWS tells in listings of copies of archived objects. Once one has none, the import is refused anyway. */
    private ObjectInfo lookedAt(ObjectInfo object) {
        return object.archived() && !findings.refuses()
                ? ObjectFinder.find(place.store(), place.bucket(), object.key()).orElse(object)
                : object;
    }

    /** To be called when all objects have passed: refuses what nothing can be made of. */
    void finish() {
        requireFound();
        if (expected != null) {
            expected.requireAll();
        }
        findings.check(source.uri(), request.reading());
    }

    /** @throws ProblemException 404 if there was nothing at all, not even what is ignored */
    void requireFound() {
        if (findings.files() + findings.ignored() + findings.leftOut() == 0) {
            if (source.path() != null) {
                throw new ProblemException(
                        Problem.NOT_FOUND,
                        "Nothing matches " + source.location() + " at present: no object there is what dynamicPath and"
                                + " runParameters say; see the names in vfsList, and the defaults and dates");
            }
            S3Uri named = request.source();
            throw new ProblemException(
                    Problem.NOT_FOUND,
                    (named.isFolder() ? "There is nothing in the folder " : "There is neither a file nor a folder ")
                            + named.location());
        }
    }

    /** Takes in certain files and nothing else, and all of them. */
    Importing expecting(ExpectedFiles files) {
        expected = files;
        return this;
    }

    /** Tells how far it is from now on. */
    void report(Progress to) {
        progress = to;
    }

    Progress progress() {
        return progress;
    }

    /**
     * Says that no new dataset is to come of it, but the next manifest of one that there is.
     *
     * @param seen the dataset as it was when this began
     * @param by the {@code operationId}
     */
    Importing replacing(Dataset seen, String by) {
        replaced = seen;
        operation = by;
        return this;
    }

    /** The dataset that there is already; null for a new one. */
    Dataset replaced() {
        return replaced;
    }

    /** The {@code operationId} of what was asked for. */
    String operation() {
        return operation;
    }

    /** What was asked for, as text: the same again is the same. */
    String asked() {
        return replaced == null ? request.toString() : operation + " " + datasetId + " " + request;
    }

    ImportRequest request() {
        return request;
    }

    S3Uri uri() {
        return source.uri();
    }

    Findings findings() {
        return findings;
    }

    /** Of the files that it writes. */
    public long manifestId() {
        return manifest.manifestId();
    }

    public long datasetId() {
        return datasetId;
    }

    ManifestWriter manifest() {
        return manifest;
    }
}
