package dev.wharf.uploads;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import java.util.Optional;

/**
 * What clients of the original say with a form of where files are stored: they send back what they have read of it. There is
 * one place, so that it need not be said, and nothing else may be.
 */
final class StorageConfig {
    private StorageConfig() {}

    /**
     * @throws ProblemException 400 for another protocol, bucket or folder than the caller's own
     */
    static void requireOwn(Caller caller, Query query, StoreDirectory directory, StorageFolders folders) {
        var faults = new Faults();
        faults.check(() -> require(query, "storageConfig[protocol]", Optional.of("s3")));
        for (String bucket : new String[] {"storageConfig[bucketName]", "storageConfig[defaultBucket]"}) {
            faults.check(() -> require(query, bucket, directory.defaultBucket(caller, null)));
        }
        faults.check(() -> require(query, "uploadDir", Optional.of(folders.uploadDir(caller))));
        faults.refuse();
    }

    private static void require(Query query, String name, Optional<String> own) {
        if (query.get(name).isPresent() && !query.get(name).equals(own)) {
            throw ProblemException.invalid(
                    name,
                    "must be " + own.orElse("left out, as there is no base storage")
                            + ", where your files are stored, or be left out");
        }
    }
}
