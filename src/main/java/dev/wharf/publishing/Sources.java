package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.Publication;
import dev.wharf.jobs.WrittenFile;
import dev.wharf.jobs.WrittenFiles;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.Content;
import dev.wharf.store.CopySource;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.S3Uri;
import dev.wharf.store.Stageable;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Where the bytes of results come from: a store, or this node's disk. */
final class Sources {
    private final StoreDirectory stores;
    private final LocalFiles local;
    private final WrittenFiles written;

    Sources(StoreDirectory stores, LocalFiles local, WrittenFiles written) {
        this.stores = stores;
        this.local = local;
        this.written = written;
    }

    /**
     * Looks whether a source can be read, without reading it.
     *
     * @return what its store, or this node's disk, tells of it
     * @throws ProblemException 404 if it is missing, 400 if it is archived, 403 if the job's person may not read it, 409 if
     *     it is another job's result and has changed since that was written
     */
    Source look(Publication job, Caller caller, String source) {
        if (SentSource.is(source)) {
            return new Source(source, null, null); // comes when the job is planned
        }
        if (isObject(source)) {
            S3Uri uri = object(source);
            Optional<ObjectInfo> found = look(stores.sources(caller, uri.connectionId()), uri);
            WrittenFile result = written.published(job.jobGroupId(), source).orElse(null);
            found.ifPresent(info -> requireSame(result, info));
            return new Source(
                    source, found.map(info -> CopySource.of(uri.bucket(), info)).orElse(null), null);
        }
        try {
            return new Source(source, null, Files.size(local.require(job, source)));
        } catch (IOException e) {
            throw LocalFiles.unreadable(source, e);
        }
    }

    /**
     * The bytes of a source, opened; or the object that is to be copied, where target and source have one connection. It is
     * the version that was looked at.
     *
     * @throws ProblemException as {@link #look}; 409 if it has changed since that
     */
    Stageable open(Publication job, Caller caller, Source source, S3Uri target) {
        if (SentSource.is(source.uri())) {
            throw SentSource.missing(source.uri(), job.jobGroupId());
        }
        if (!isObject(source.uri())) {
            return openFile(job, source.uri());
        }
        S3Uri uri = object(source.uri());
        CopySource looked = source.object();
        if (looked != null && Objects.equals(uri.connectionId(), target.connectionId())) {
            return looked;
        }
        ObjectStream in = stores.sources(caller, uri.connectionId())
                .read(uri.bucket(), uri.key(), looked == null ? null : looked.etag());
        if (looked != null) {
            requireWhole(uri, looked, in);
        } else {
            requireSame(written.published(job.jobGroupId(), source.uri()).orElse(null), in);
        }
        return new Content(
                new SourceStream(
                        in,
                        e -> new ProblemException(
                                Problem.STORE_UNAVAILABLE, uri.location() + " cannot be read: " + e, e)),
                OptionalLong.of(in.object().size()),
                null);
    }

    /** @param result null where it is no job's result */
    private static void requireSame(WrittenFile result, ObjectInfo found) {
        if (result != null && result.isOther(found.etag())) {
            throw new ProblemException(Problem.CONFLICT, result.changed());
        }
    }

    private static void requireSame(WrittenFile result, ObjectStream in) {
        try {
            requireSame(result, in.object());
        } catch (ProblemException changed) {
            close(in);
            throw changed;
        }
    }

    private static void close(ObjectStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A store, or what stands before it, may answer with something else than the object, and call it a success. */
    private static void requireWhole(S3Uri uri, CopySource looked, ObjectStream in) {
        if (in.object().size() != looked.size()) {
            close(in);
            throw new StoreException(
                    StoreException.Kind.BROKEN,
                    uri.location() + ": the object has " + looked.size() + " bytes, and the store sends "
                            + in.object().size());
        }
    }

    private Content openFile(Publication job, String source) {
        Path file = local.require(job, source);
        try {
            long size = Files.size(file);
            return new Content(
                    new SourceStream(LocalFiles.open(source, file), e -> LocalFiles.unreadable(source, e)),
                    OptionalLong.of(size),
                    null);
        } catch (IOException e) {
            throw LocalFiles.unreadable(source, e);
        }
    }

    /** Empty where looking is not allowed: reading still may be, but not in base storage, of which we say what is whose. */
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
            if (e.kind() == StoreException.Kind.DENIED && uri.connectionId() != null) {
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
