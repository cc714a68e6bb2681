package dev.wharf.browse;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;
import java.util.List;
import java.util.Optional;

/**
 * Files and folders of one bucket that somebody has chosen, none twice and none within another.
 *
 * @param chosen in the order in which they were named
 */
record Selection(List<Chosen> chosen) {

    /**
     * A file or a folder.
     *
     * @param uri of a folder with a slash at its end
     * @param file null for a folder
     */
    record Chosen(S3Uri uri, ObjectInfo file) {
        private boolean holds(Chosen other) {
            return file == null && !uri.equals(other.uri) && other.uri.key().startsWith(uri.key());
        }

        private void requireVersion(String etag) {
            if (file == null) {
                throw new ProblemException(
                        Problem.NOT_FOUND,
                        uri.location() + " is no file, of which the version " + etag + " is asked for");
            }
            if (!etag.equals(file.etag())) {
                throw new ProblemException(
                        Problem.CONFLICT,
                        uri.location() + " has been replaced: it is not the version " + etag + " any more");
            }
        }
    }

    /**
     * Finds out what is at the addresses. A path without a trailing slash is the file of that name if there is one, and else
     * the folder, of which is not known yet whether it is there.
     *
     * @param etags of the versions that the files must be, in the same order, without quotes; empty for whatever lies there
     * @throws ProblemException 400 where they are not in one bucket of one connection; 409 for a file of another version
     */
    static Selection of(BrowsedPlace place, List<S3Uri> uris, List<String> etags) {
        if (!etags.isEmpty() && etags.size() != uris.size()) {
            throw ProblemException.invalid(
                    "etag",
                    "is given " + etags.size() + " times for " + uris.size() + " uris: give one for each, or none");
        }
        S3Uri first = uris.get(0);
        for (S3Uri uri : uris) {
            if (uri.bucket().isEmpty()) {
                throw ProblemException.invalid("uri", "names a whole connection: choose a bucket, folders or files");
            }
            if (!uri.withKey("").equals(first.withKey(""))) {
                throw ProblemException.invalid(
                        "uri", "names " + first + " and " + uri + ": an archive is of one bucket, on one connection");
            }
        }
        List<Chosen> all = uris.stream().map(uri -> look(place, uri)).toList();
        for (int index = 0; index < etags.size(); index++) {
            all.get(index).requireVersion(etags.get(index));
        }
        List<Chosen> different = all.stream().distinct().toList();
        return new Selection(different.stream()
                .filter(each -> different.stream().noneMatch(other -> other.holds(each)))
                .toList());
    }

    private static Chosen look(BrowsedPlace place, S3Uri uri) {
        Optional<ObjectInfo> file =
                uri.isFolder() ? Optional.empty() : ObjectFinder.find(place.store(), uri.bucket(), uri.key());
        return file.map(found -> new Chosen(uri, found)).orElseGet(() -> new Chosen(uri.asFolder(), null));
    }

    /** The nearest folder that all of them are in. */
    S3Uri folder() {
        String common = parent(chosen.get(0));
        for (Chosen each : chosen) {
            while (!parent(each).startsWith(common)) {
                common = common.substring(0, common.lastIndexOf('/', common.length() - 2) + 1);
            }
        }
        return chosen.get(0).uri().withKey(common);
    }

    private static String parent(Chosen chosen) {
        String key = chosen.uri().key();
        return key.substring(0, key.lastIndexOf('/', key.length() - 2) + 1);
    }

    /** What a person would say that it is: the one thing that was chosen, or where several are. */
    S3Uri subject() {
        return chosen.size() == 1 ? chosen.get(0).uri() : folder();
    }

    /** What a person would call it. */
    String name() {
        S3Uri subject = subject();
        return subject.name().isEmpty() ? subject.bucket() : subject.name();
    }
}
