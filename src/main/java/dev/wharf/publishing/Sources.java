package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.Publication;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Where the bytes of results come from: a store, or this node's disk. */
final class Sources {
    private final StoreDirectory stores;
    private final LocalFiles local;

    Sources(StoreDirectory stores, LocalFiles local) {
        this.stores = stores;
        this.local = local;
    }

    /**
     * Looks whether a source can be read, without reading it.
     *
     * @throws ProblemException 404 if it is missing, 400 if it is archived, 403 if it may not be read
     */
    void check(Publication job, Caller caller, String source) {
        if (isObject(source)) {
            S3Uri uri = object(source);
            look(stores.store(caller, uri.connectionId()), uri);
        } else {
            local.require(job, source);
        }
    }

    /** Brings all bytes of a source to a store, where nobody sees them yet. */
    StagedObject stage(Publication job, Caller caller, String source, S3Uri target) {
        ObjectStore to = stores.store(caller, target.connectionId());
        if (!isObject(source)) {
            return stageFile(job, source, to, target);
        }
        S3Uri uri = object(source);
        ObjectStore from = stores.store(caller, uri.connectionId());
        Optional<ObjectInfo> info = look(from, uri);
        if (info.isPresent() && Objects.equals(uri.connectionId(), target.connectionId())) {
            return to.stageCopy(
                    uri.bucket(), uri.key(), info.get().etag(), info.get().size(), target.bucket(), target.key());
        }
        try (var in =
                from.read(uri.bucket(), uri.key(), info.map(ObjectInfo::etag).orElse(null))) {
            return to.stage(
                    target.bucket(),
                    target.key(),
                    in,
                    OptionalLong.of(in.object().size()),
                    null);
        } catch (IOException e) {
            throw new ProblemException(Problem.STORE_UNAVAILABLE, uri.location() + " cannot be read: " + e, e);
        }
    }

    private StagedObject stageFile(Publication job, String source, ObjectStore to, S3Uri target) {
        Path file = local.require(job, source);
        try (InputStream in = LocalFiles.open(source, file)) {
            return to.stage(target.bucket(), target.key(), in, OptionalLong.of(Files.size(file)), null);
        } catch (IOException e) {
            throw LocalFiles.unreadable(source, e);
        }
    }

    /** Empty where looking is not allowed: reading still may be. */
    private static Optional<ObjectInfo> look(ObjectStore store, S3Uri uri) {
        try {
            ObjectInfo info = store.stat(uri.bucket(), uri.key());
            if (info.archived()) {
                throw new StoreException(
                        StoreException.Kind.ARCHIVED,
                        uri.location() + ": the object is archived (" + info.storageClass()
                                + ") and cannot be read before it is restored");
            }
            return Optional.of(info);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isObject(String source) {
        return source.startsWith("s3://");
    }

    private static S3Uri object(String source) {
        S3Uri uri = S3Uri.parse(source);
        if (uri.isFolder()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED, source + " is a folder: each file of a result is named");
        }
        return uri;
    }
}
