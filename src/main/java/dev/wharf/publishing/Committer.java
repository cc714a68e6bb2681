package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.Publication;
import dev.wharf.jobs.PublicationTable;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.publishing.ResultFile.State;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes all files of a job visible, or none: as the S3A committers do it. Each step is a row, so
 * that whoever takes a job over sees how far it is; each step may be done again without harm.
 */
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final PublicationTable jobs;
    private final ResultFiles files;
    private final Listings listings;
    private final Claims claims;
    private final StoreDirectory stores;
    private final Executor threads;

    Committer(
            PublicationTable jobs,
            ResultFiles files,
            Listings listings,
            Claims claims,
            StoreDirectory stores,
            Executor threads) {
        this.jobs = jobs;
        this.files = files;
        this.listings = listings;
        this.claims = claims;
        this.stores = stores;
        this.threads = threads;
    }

    private void require(Publication job) {
        claims.require(job.jobId(), job.jobGroupId());
    }

    /**
     * Where one file goes.
     *
     * @param again whether somebody may have begun it before, which is aborted
     */
    Destination destination(Caller caller, PendingFile file, boolean again) {
        S3Uri target = file.target();
        ObjectStore store = stores.store(caller, target.connectionId());
        if (again) {
            abortUnknown(store, target);
        }
        return new Destination(file, new Place(store, target.bucket(), target.key()));
    }

    /**
     * Notes that a file's bytes are in its store; what nobody waits for any more is aborted.
     *
     * @param claim as in {@link ResultFiles#sent}
     */
    void staged(Destination to, String claim, StagedObject staged) {
        if (!files.staged(to.file().id(), claim, staged)) {
            to.place().store().abort(staged);
        }
    }

    /** The failure of an attempt; an upload that is gone is no file that is gone. */
    static ProblemException meant(ProblemException failure) {
        return failure instanceof StoreException gone && gone.kind() == Kind.NO_SUCH_UPLOAD
                ? new ProblemException(Problem.STORE_UNAVAILABLE, gone.detail() + "; the file is sent again", gone)
                : failure;
    }

    /** What an attempt that was cut off has left of a file that is pending still. */
    private static void abortUnknown(ObjectStore store, S3Uri target) {
        try {
            store.abortAll(target.bucket(), target.key());
        } catch (StoreException e) {
            if (e.problem().transientFailure()) {
                throw e;
            }
            LOG.debug("Left to the reaper of uploads: {}", e.getMessage());
        }
    }

    /**
     * Decides that the files become visible, and makes them so: the first alone, since as long as nothing is visible the
     * decision can be taken back, and then many at one time. A listing tells whether the store has them; what it does not
     * show is looked at by itself.
     */
    void commit(Publication job, Caller caller) {
        require(job);
        jobs.decide(job);
        List<ResultFile> staged = files.of(job.jobGroupId(), State.STAGED);
        if (staged.isEmpty()) {
            return;
        }
        Queue<ResultFile> visible = new ConcurrentLinkedQueue<>();
        List<ResultFile> unseen;
        try {
            completeFirst(job, caller, staged.get(0));
            visible.add(staged.get(0));
            forEach(staged.subList(1, staged.size()), file -> {
                complete(job, caller, file);
                visible.add(file);
            });
        } finally {
            unseen = listings.publish(caller, visible);
        }
        forEach(unseen, file -> requireHeld(job, file, () -> commit(caller, file)));
    }

    private void completeFirst(Publication job, Caller caller, ResultFile first) {
        boolean nothingVisible = files.of(job.jobGroupId(), State.PUBLISHED).isEmpty();
        try {
            complete(job, caller, first);
        } catch (StoreException e) {
            if (nothingVisible && (e.kind() == Kind.EXISTS || e.kind() == Kind.NO_SUCH_UPLOAD)) {
                jobs.withdraw(job);
            }
            throw meant(e);
        }
    }

    private void complete(Publication job, Caller caller, ResultFile file) {
        requireHeld(job, file, () -> store(caller, file).complete(file.staged()));
    }

    private void forEach(List<ResultFile> many, Consumer<ResultFile> work) {
        FileThreads.forEach(threads, many, file -> {
            try {
                work.accept(file);
            } catch (StoreException e) {
                throw meant(e);
            }
        });
    }

    private void requireHeld(Publication job, ResultFile file, Runnable commit) {
        claims.requireHeld(job.jobId(), job.jobGroupId());
        try {
            commit.run();
        } catch (StoreException e) {
            if (e.kind() == Kind.NO_SUCH_UPLOAD) {
                files.unstaged(file.id());
            }
            throw e;
        }
    }

    private ObjectStore store(Caller caller, ResultFile file) {
        return stores.store(caller, file.target().connectionId());
    }

    private void commit(Caller caller, ResultFile file) {
        ObjectInfo object = store(caller, file).commit(file.staged());
        if (object.size() != file.size()) {
            throw new StoreException(
                    Kind.BROKEN,
                    file.target().location() + ": sent " + file.size() + " bytes, and the store holds "
                            + object.size());
        }
        files.published(file.id(), object);
    }

    /** Notes which files are visible although the answer to their commit was lost. */
    void seeVisible(long jobGroupId, Caller caller) {
        for (ResultFile file : files.of(jobGroupId, State.STAGED)) {
            store(caller, file).committed(file.staged()).ifPresent(object -> files.published(file.id(), object));
        }
    }

    /** Marks every job folder as complete, when all files are visible. */
    void writeManifests(Publication job, Caller caller) {
        require(job);
        Publication decided = jobs.find(job.jobGroupId()).orElseThrow().job();
        Map<String, List<ResultFile>> folders = files.of(job.jobGroupId()).stream()
                .collect(Collectors.groupingBy(file -> file.folder().toString(), TreeMap::new, Collectors.toList()));
        folders.values().forEach(folder -> {
            S3Uri marker = folder.get(0).folder();
            ObjectStore store = stores.store(caller, marker.connectionId());
            writeOnce(store, marker.withKey(marker.key() + Placements.MARKER), SuccessManifest.of(decided, folder));
        });
    }

    /** An identical one is our own, of an attempt whose end was lost. */
    private static void writeOnce(ObjectStore store, S3Uri marker, SuccessManifest manifest) {
        byte[] bytes = manifest.bytes();
        try {
            store.write(
                    marker.bucket(),
                    marker.key(),
                    new ByteArrayInputStream(bytes),
                    OptionalLong.of(bytes.length),
                    "application/json");
        } catch (StoreException e) {
            if (e.kind() != Kind.EXISTS || !isSame(store, marker, bytes)) {
                throw e;
            }
        } catch (IOException e) {
            throw new ProblemException(Problem.STORE_UNAVAILABLE, marker.location() + " cannot be written: " + e, e);
        }
    }

    private static boolean isSame(ObjectStore store, S3Uri marker, byte[] bytes) {
        try (var in = store.read(marker.bucket(), marker.key(), null)) {
            return Arrays.equals(in.readNBytes(bytes.length + 1), bytes);
        } catch (IOException e) {
            throw new ProblemException(Problem.STORE_UNAVAILABLE, marker.location() + " cannot be read: " + e, e);
        }
    }

    /**
     * Aborts what a failed job has staged, and forgets its files that are not visible. A file whose store does not answer now is kept for the
     * next time; one whose upload may not be aborted is left to the reaper of uploads.
     */
    void undo(long jobGroupId, Caller caller) {
        for (ResultFile file : files.of(jobGroupId)) {
            if (file.is(State.PUBLISHED)) {
                continue;
            }
            try {
                undo(file, caller);
            } catch (ProblemException e) {
                LOG.warn("The incomplete upload of a failed job stays behind for now: {}", e.getMessage());
                if (e.problem().transientFailure()) {
                    continue;
                }
            }
            files.delete(file.id());
        }
    }

    private void undo(ResultFile file, Caller caller) {
        ObjectStore store = store(caller, file);
        if (file.staged() == null) {
            abortUnknown(store, file.target());
        } else {
            store.abort(file.staged());
        }
    }
}
