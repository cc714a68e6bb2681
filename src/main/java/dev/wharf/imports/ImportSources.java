package dev.wharf.imports;

import dev.wharf.datasets.DatasetTable;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.storage.UploadsFolder;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;

/** From where people may import: what their connections reach and, of uploads, what is their own. */
final class ImportSources {
    private final DatasetTable table;
    private final StoreDirectory directory;

    ImportSources(DatasetTable table, StoreDirectory directory) {
        this.table = table;
        this.directory = directory;
    }

    /**
     * Opens the store of a file or folder for whoever imports it.
     *
     * @throws ProblemException 400 for what is neither; 403 or 404 if the caller may not import it, or there is no such connection
     */
    ObjectStore open(Caller caller, S3Uri uri) {
        requireSource(caller, uri);
        // What others have chosen to upload into a folder of it is not theirs, whatever roles they have.
        return directory.sources(isOwnUploads(caller, uri) ? caller.withoutRoles() : caller, uri.connectionId());
    }

    /**
     * The same as far as it can be told without asking the store.
     *
     * @throws ProblemException as {@link #open}
     */
    void require(Caller caller, S3Uri uri) {
        requireSource(caller, uri);
        directory.require(caller, uri);
    }

    private void requireSource(Caller caller, S3Uri uri) {
        refuseWhatIsNoFolder(uri);
        if (!isOwnUpload(caller, uri) && !isOwnUploads(caller, uri)) {
            refuseUploads(caller, uri);
        }
    }

    /** All that they have uploaded, as a schedule takes it in. */
    private static boolean isOwnUploads(Caller caller, S3Uri uri) {
        return uri.connectionId() == null && UploadsFolder.isOf(caller, uri.key());
    }

    private static void refuseWhatIsNoFolder(S3Uri uri) {
        if (uri.bucket().isEmpty()) {
            throw ProblemException.invalid(
                    "uri", "names a whole connection: name a file or folder in one of its buckets");
        }
        if (uri.key().isEmpty()) {
            throw ProblemException.invalid(
                    "uri",
                    "names the bucket " + uri.bucket() + ". A whole bucket is not a folder: name a folder in it");
        }
    }

    private boolean isOwnUpload(Caller caller, S3Uri uri) {
        return uri.connectionId() == null
                && uri.key().startsWith(UploadsFolder.PREFIX)
                && table.isUploadOf(caller, uri);
    }

    /** Whichever connection leads there. */
    private void refuseUploads(Caller caller, S3Uri uri) {
        boolean base = directory
                .defaultBucket(caller, null)
                .filter(uri.bucket()::equals)
                .isPresent();
        if (base && UploadsFolder.touches(uri.key())) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    uri.location() + " is in the uploads folder, which holds other people's files:"
                            + " from there, everybody imports only what they have uploaded themselves");
        }
    }
}
