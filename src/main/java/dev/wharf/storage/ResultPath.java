package dev.wharf.storage;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import java.util.Arrays;
import java.util.List;

/** Where results may be written, as far as the address alone tells. */
public final class ResultPath {
    /** The name of the manifest that marks a job's folder as complete. */
    public static final String MARKER = "_SUCCESS";

    private ResultPath() {}

    /**
     * @param baseBucket the bucket of base storage, or empty
     * @throws ProblemException 400 if no result may be written there
     */
    public static void check(S3Uri path, String baseBucket) {
        if (path.bucket().isEmpty() || path.key().replace("/", "").isEmpty()) {
            throw ProblemException.invalid(
                    "path", "is " + path + ", which names no file or folder: results go below a folder of a bucket");
        }
        if (path.key().indexOf('\0') >= 0) {
            throw ProblemException.invalid("path", "holds a NUL character");
        }
        if (!path.isFolder() && path.name().equals(MARKER)) {
            throw ProblemException.invalid(
                    "path",
                    "is " + path + ", but " + MARKER + " marks a job's folder as complete: choose another name");
        }
        if (Arrays.stream(path.key().split("/")).anyMatch(List.of(".", "..")::contains)) {
            throw ProblemException.invalid(
                    "path",
                    "is " + path.location() + ", of which a part is . or ..: stores refuse such keys, and what copies a"
                            + " bucket into folders takes them for the way out. Name the folder itself");
        }
        boolean base = path.connectionId() == null || path.bucket().equals(baseBucket);
        if (base && UploadsFolder.touches(path.key().replaceFirst("^/+", ""))) {
            throw ProblemException.invalid(
                    "path",
                    "is " + path.location()
                            + ", in the folder of uploads, which only uploads may fill: choose another");
        }
    }

    /**
     * Without the role dataAdmin, results in base storage go below the person's own output home, in the bucket that keeps
     * results: what is elsewhere in it is other people's.
     *
     * @param path one that {@link #check} lets pass
     * @param baseBucket the bucket of base storage that is the caller's, or empty
     * @throws ProblemException 403 for another place in base storage, naming the home
     */
    public static void requireOwn(Caller caller, StorageFolders folders, S3Uri path, String baseBucket) {
        if (path.connectionId() != null || caller.isDataAdmin()) {
            return;
        }
        String home = folders.outputHomeDir(caller).substring(1) + "/";
        if (!path.bucket().equals(baseBucket) || !path.key().startsWith(home)) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "Results in base storage go below your own output home, s3://" + baseBucket + "/" + home
                            + ", and not to "
                            + path.location() + ": choose a path there, or a connection; the role " + Caller.DATA_ADMIN
                            + " may write elsewhere");
        }
    }
}
