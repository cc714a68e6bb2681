package dev.wharf.running;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.ManifestWriter;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;

/** The files that a run finds for itself, since the path of its dataset varies: what it is to read, once all are found. */
public final class Matches implements Placed {
    private final Dataset dataset;
    private final ResolvedPath path;
    private final Place place;
    private final ManifestWriter manifest;
    private final long maxBytes;
    private ObjectInfo first;
    private long files;
    private long bytes;
    private long ignored;

    /**
     * @param place opened for whoever started the job
     * @param manifest what is found; null where that is only looked at
     * @param maxBytes how much the engine takes
     */
    Matches(Dataset dataset, ResolvedPath path, Place place, ManifestWriter manifest, long maxBytes) {
        this.dataset = dataset;
        this.path = path;
        this.place = place;
        this.manifest = manifest;
        this.maxBytes = maxBytes;
    }

    /** Where they lie, with the pattern that they match. */
    @Override
    public Place place() {
        return place;
    }

    /**
     * Takes a file in, or passes over what is no data.
     *
     * @throws ProblemException if the run cannot read it, or there are too many
     */
    void add(ObjectInfo object) {
        if (path.noData(object.key()) != null) {
            ignored++;
            return;
        }
        if (first == null) {
            first = object;
            requireFormatOfDataset();
        }
        requireAlike(object);
        requireRestored(object);
        if (manifest != null) {
            manifest.add(object);
        }
        path.requireFewEnough(++files);
        bytes += object.size();
        if (bytes > maxBytes) {
            throw refuse("matches more than " + maxBytes + " bytes; the built-in engine takes at most those"
                    + " (wharf.running.max-bytes)");
        }
    }

    /** How the others are read was found in files of that format. */
    private void requireFormatOfDataset() {
        var structure = dataset.found().structure();
        var kind = SourceFormat.named(first.key()).kind();
        if (structure != null && structure.format() != kind) {
            throw refuse("matches " + first.key() + ", which is " + kind.title() + ", and dataset " + dataset.id()
                    + " was imported as " + structure.format().title()
                    + ", which its jobs read: start the job with other"
                    + " values (runParameters), or import these files as another dataset");
        }
    }

    private void requireAlike(ObjectInfo object) {
        var wanted = SourceFormat.named(first.key()).kind();
        var kind = SourceFormat.named(object.key()).kind();
        if (kind != wanted) {
            throw refuse("matches files of different formats: " + first.key() + " is " + wanted.title() + ", and "
                    + object.key() + " is " + kind.title());
        }
    }

    /** Only AWS tells in listings of copies of archived objects. */
    private void requireRestored(ObjectInfo object) {
        if (object.archived()
                && ObjectFinder.find(place.store(), place.bucket(), object.key())
                        .filter(ObjectInfo::archived)
                        .isPresent()) {
            throw refuse("matches " + object.key() + ", which is archived and cannot be read: have it restored first"
                    + " (POST /vfsRestore)");
        }
    }

    private ProblemException refuse(String why) {
        return new ProblemException(Problem.VALIDATION_FAILED, path.location() + " " + why);
    }

    /**
     * To be called when all objects have passed.
     *
     * @throws ProblemException 404 if nothing has matched
     */
    void requireFound() {
        if (first == null) {
            throw new ProblemException(
                    Problem.NOT_FOUND,
                    "Nothing matches " + path.location() + ": no file there is what the dataset's dynamicPath and"
                            + " runParameters say"
                            + (ignored > 0 ? ", but for " + ignored + " that are no data (markers, hidden names)" : "")
                            + "; see the values and the reference date that the job was started with");
        }
    }

    ManifestWriter manifest() {
        return manifest;
    }

    long ignored() {
        return ignored;
    }
}
