package dev.wharf.s3;

import dev.wharf.kernel.ProblemException;

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
        boolean base = path.connectionId() == null || path.bucket().equals(baseBucket);
        if (base && UploadsFolder.touches(path.key().replaceFirst("^/+", ""))) {
            throw ProblemException.invalid(
                    "path",
                    "is " + path.location()
                            + ", in the folder of uploads, which only uploads may fill: choose another");
        }
    }
}
