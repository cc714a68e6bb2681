package dev.wharf.imports;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an import reads: one file, or a folder with all its sub-folders as a stream.
 *
 * @param uri a folder ends in a slash here, however it was named
 */
record Source(S3Uri uri, Iterator<ObjectInfo> objects, Stream<ObjectInfo> stream) implements AutoCloseable {

    /**
     * Finds the file of this name, or else the folder.
     *
     * @throws ProblemException 404 if there is neither; 400 if the file is a marker of a running environment
     */
    static Source open(ObjectStore store, S3Uri uri) {
        requireStorable(uri);
        if (uri.isFolder()) {
            return folder(store, uri)
                    .orElseThrow(() -> new ProblemException(
                            Problem.NOT_FOUND, "There is nothing in the folder " + uri.location()));
        }
        Optional<ObjectInfo> file = ObjectFinder.find(store, uri.bucket(), uri.key());
        if (file.isPresent()) {
            return file(uri, file.get());
        }
        return folder(store, uri.withKey(uri.key() + "/"))
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND, "There is neither a file nor a folder " + uri.location()));
    }

    private static Source file(S3Uri uri, ObjectInfo object) {
        if (ObjectNames.isMarker(uri.key())) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    uri.location() + " only marks how a job ended and holds no data: name the folder, or a data file");
        }
        return new Source(uri, List.of(object).iterator(), Stream.empty());
    }

    private static Optional<Source> folder(ObjectStore store, S3Uri uri) {
        Stream<ObjectInfo> stream = store.walk(uri.bucket(), uri.key());
        Iterator<ObjectInfo> objects = stream.iterator();
        try {
            if (objects.hasNext()) {
                return Optional.of(new Source(uri, objects, stream));
            }
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
        stream.close();
        return Optional.empty();
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

    @Override
    public void close() {
        stream.close();
    }
}
