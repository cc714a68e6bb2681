package dev.wharf.uploads;

import dev.wharf.identity.Caller;
import dev.wharf.identity.login.Identities;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.Timestamp;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads what was dropped into the inbox, in the steps of {@code uploads.camel.yaml}. A process can end between any two of
 * them: the folder that a file was set aside in names its upload, so whoever finds it there goes on where the last one
 * stopped.
 */
public final class InboxUploads {
    private static final Logger LOG = LoggerFactory.getLogger(InboxUploads.class);

    private final Inbox inbox;
    private final InboxWatch watch;
    private final InboxTable table;
    private final Uploads uploads;
    private final Identities identities;
    private final StoreDirectory directory;
    private final StoreRefusals refusals = new StoreRefusals();

    public InboxUploads(
            Inbox inbox,
            InboxWatch watch,
            InboxTable table,
            Uploads uploads,
            Identities identities,
            StoreDirectory directory) {
        this.inbox = inbox;
        this.watch = watch;
        this.table = table;
        this.uploads = uploads;
        this.identities = identities;
        this.directory = directory;
    }

    /**
     * Sets a file aside, if it was not before.
     *
     * @return null if it is gone, or cannot be moved now
     */
    public DroppedFile setAside(File found) {
        DroppedFile file = inbox.file(found.toPath()).orElseThrow();
        if (file.isSetAside()) {
            return file;
        }
        try {
            DroppedFile aside = inbox.setAside(file);
            watch.forget(file.path());
            return aside;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            tell(file, "cannot be moved: " + e);
            return null;
        }
    }

    /**
     * A file that this process works on now.
     *
     * @param place where an earlier attempt has begun to store it; null if there was none
     * @param recorded whether all that is left is to move it away
     */
    public record Claimed(DroppedFile file, FileState state, S3Uri place, boolean recorded) {}

    /** Claims a file that was set aside; null if another process works on it, or it is gone or has changed. */
    public Claimed claim(DroppedFile file) {
        boolean mine = false;
        Claimed claimed = null;
        try {
            FileState state = FileState.of(file.path());
            mine = table.claim(file.uuid(), state);
            claimed = mine ? claimed(file, state) : null;
            return claimed;
        } catch (NoSuchFileException e) {
            return null; // moved away by another process, or taken away by its owner
        } catch (IOException e) {
            tell(file, "cannot be looked at: " + e);
            return null;
        } finally {
            if (mine && claimed == null) {
                table.delete(file.uuid());
            }
        }
    }

    private Claimed claimed(DroppedFile file, FileState before) throws IOException {
        InboxTable.Row row = table.find(file.uuid());
        // Another process may have ended its work, and let go of the file, just before this one claimed it.
        FileState state = FileState.of(file.path());
        if (row.recorded() || row.state().equals(state)) {
            return new Claimed(file, state, row.place(), row.recorded());
        }
        LOG.warn("{} has changed since it was set aside, and is uploaded anew", file);
        inbox.setAside(file);
        return null;
    }

    /**
     * Whose file it is.
     *
     * @throws RefusedFileException if it is nobody's
     */
    public Caller owner(Claimed claimed) {
        String folder = claimed.file().address();
        if (folder.isEmpty()) {
            throw new RefusedFileException(
                    "It lies beside the folders of people: drop it into the folder that is named with its owner's address");
        }
        String address = folder.replace("%2F", "/").replace("%25", "%").toLowerCase(Locale.ROOT);
        return identities
                .byAddress(address)
                .orElseThrow(() -> new RefusedFileException("There is nobody here with the address " + address
                        + ", or they are disabled: drop it into a folder that is named with a member's address"));
    }

    /**
     * Decides where a file goes, keeps that, and opens the file.
     *
     * @throws RefusedFileException for an impossible name, a file that is too large, or that cannot be read
     * @throws ProblemException where that cannot be decided now, as without base storage
     */
    public Upload begin(Caller owner, Claimed claimed) {
        DroppedFile file = claimed.file();
        ObjectStore store = directory.store(owner, null);
        S3Uri to = claimed.place() == null ? named(owner, claimed) : claimed.place();
        return uploads.dropped(
                file.uuid(),
                new Place(store, to.bucket(), to.key()),
                file.name(),
                content(claimed),
                claimed.state().size());
    }

    private S3Uri named(Caller owner, Claimed claimed) {
        DroppedFile file = claimed.file();
        String bucket = directory.defaultBucket(owner, null).orElseThrow();
        try {
            String key = uploads.key(
                    owner,
                    file.uuid(),
                    new FileName("The file", file.name()),
                    claimed.state().size());
            table.name(file.uuid(), bucket, key);
            return new S3Uri(bucket, key, null);
        } catch (ProblemException e) {
            throw e.problem().transientFailure() ? e : new RefusedFileException(e.detail());
        }
    }

    private static InputStream content(Claimed claimed) {
        try {
            Inbox.requireNoLinks(claimed.file());
            return new UnchangedFile(claimed.file().path(), claimed.state());
        } catch (AccessDeniedException e) {
            throw new RefusedFileException("It cannot be read by the service: let it be read, and drop it again");
        } catch (IOException e) {
            throw new ProblemException(Problem.UNAVAILABLE, "it cannot be opened: " + e, e);
        }
    }

    /** What an attempt has stored that ended before it was put on record; null if there is nothing. */
    public ObjectInfo stored(Claimed claimed, Upload upload) {
        Place place = upload.place();
        return claimed.place() == null
                ? null
                : ObjectFinder.find(place.store(), place.bucket(), place.key()).orElse(null);
    }

    /** Moves a file away that is on record. */
    public void done(Claimed claimed, Upload upload) throws IOException {
        close(upload);
        DroppedFile file = claimed.file();
        try {
            inbox.done(file, uri(claimed, upload));
        } catch (NoSuchFileException e) {
            LOG.warn("{} was uploaded, and was taken away before it could be moved", file);
        }
        table.delete(file.uuid());
        watch.forget(file.path());
        refusals.forget(file.uuid());
        LOG.info("{} was uploaded, as {}", file, file.uuid());
    }

    /** @param upload null where it was put on record before */
    private static String uri(Claimed claimed, Upload upload) {
        S3Uri place = upload == null
                ? claimed.place()
                : new S3Uri(upload.place().bucket(), upload.place().key(), null);
        return place.toString();
    }

    /**
     * Moves a file away that cannot be uploaded, with the reason; any other one waits for another try. What the store has
     * refused often enough, each time alike, cannot be uploaded either, if it takes the same bytes under another name.
     *
     * @param upload null if it had not begun
     */
    public void giveUp(Claimed claimed, Upload upload, Throwable failure) throws IOException {
        close(upload);
        DroppedFile file = claimed.file();
        ProblemException problem = Problems.of(failure);
        if (problem instanceof RefusedFileException) {
            fail(file, problem.detail());
        } else if (upload != null
                && problem instanceof StoreException refusal
                && refusals.isOfFile(claimed, upload, refusal)) {
            fail(file, StoreRefusals.words(refusal));
        } else {
            tell(file, "could not be uploaded and waits in " + file.path().getParent() + ": " + problem.detail());
            table.release(file.uuid());
        }
    }

    private void fail(DroppedFile file, String reason) {
        try {
            inbox.failed(file, reason);
            watch.forget(file.path());
            refusals.forget(file.uuid());
            table.delete(file.uuid());
            LOG.warn("{} is not uploaded: {}", file, reason);
        } catch (IOException e) {
            tell(file, "is not uploaded (" + reason + ") and cannot be moved away: " + e);
            table.release(file.uuid());
        }
    }

    private void tell(DroppedFile file, String what) {
        LOG.warn(
                "{} {}; tried again in {} ms",
                file,
                what,
                watch.postpone(file.path()).toMillis());
    }

    private static void close(Upload upload) throws IOException {
        if (upload != null) {
            upload.content().stream().close();
        }
    }

    /** Until when rows are of no more use that name an upload on record. */
    public Timestamp endedBefore() {
        return table.endedBefore();
    }
}
