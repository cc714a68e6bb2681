package dev.wharf.imports;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.ObjectNames.NoData;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.S3Uri;

/**
 * What an import reads.
 *
 * @param uri a folder ends in a slash here, however it was named
 * @param file null for a folder, of which nothing has been listed yet
 * @param path which files are read, where that varies; else null
 */
record Source(S3Uri uri, ObjectInfo file, ResolvedPath path) {
    private Source(S3Uri uri, ObjectInfo file) {
        this(uri, file, null);
    }

    /** A path that varies, of which nothing has been listed yet. */
    static Source of(ResolvedPath path) {
        return new Source(new S3Uri(path.bucket(), path.pattern().prefix(), path.connectionId()), null, path);
    }

    Place place(ObjectStore store) {
        return path == null
                ? new Place(store, uri.bucket(), uri.key())
                : new Place(store, uri.bucket(), path.pattern());
    }

    /** Why an object is no data; null where it is, and for a file that a person named. */
    NoData noData(String key) {
        if (file != null) {
            return null;
        }
        return path == null ? ObjectNames.noData(uri.key(), key) : path.noData(key);
    }

    /** The address in messages; of what varies, up to there. */
    String location() {
        return path == null ? uri.location() : path.location();
    }

    /**
     * The file of this name if there is one, else the folder, whether there is something in it or not.
     *
     * @throws ProblemException 400 if the file is a marker of a running environment, or no dataset can keep its name
     */
    static Source find(ObjectStore store, S3Uri uri) {
        requireStorable(uri);
        if (uri.isFolder()) {
            return new Source(uri, null);
        }
        return ObjectFinder.find(store, uri.bucket(), uri.key())
                .map(object -> new Source(requireData(uri), object))
                .orElseGet(() -> new Source(uri.withKey(uri.key() + "/"), null));
    }

    /**
     * What was imported from there before: a file does not become a folder of its name.
     *
     * @throws ProblemException 404 if it is a file, and gone
     */
    static Source again(ObjectStore store, S3Uri uri) {
        return uri.isFolder()
                ? new Source(uri, null)
                : ObjectFinder.find(store, uri.bucket(), uri.key())
                        .map(object -> new Source(uri, object))
                        .orElseThrow(() -> new ProblemException(
                                Problem.NOT_FOUND, "The file " + uri.location() + " is not there any more"));
    }

    private static S3Uri requireData(S3Uri uri) {
        if (ObjectNames.isMarker(uri.key())) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    uri.location() + " only marks how a job ended and holds no data: name the folder, or a data file");
        }
        return uri;
    }

    /** PostgreSQL keeps every character of Unicode but this one. */
    static void requireStorable(S3Uri uri) {
        if (uri.key().indexOf('\0') >= 0) {
            throw ProblemException.invalid(
                    "uri",
                    "names " + uri.location().replace("\0", "\\0")
                            + ", whose key holds a NUL character (\\0), which no dataset can keep: copy the object to"
                            + " another key");
        }
    }
}
