package dev.wharf.browse;

import dev.wharf.browse.ArchiveList.Item;
import dev.wharf.browse.Selection.Chosen;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore.Order;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.util.Iterator;

/** Finds all that an archive is to hold, and refuses what no archive can be made of. */
final class ArchiveListing {
    private static final int LOOK_AFTER = 1_000;
    private static final long MOST_MEMORY = 32L << 20;

    private final BrowsedPlace place;
    private final S3Uri folder;
    private final int most;
    private final Answer answer;
    private final ArchiveList list = new ArchiveList();

    private long archived;
    private ObjectInfo firstArchived;

    private ArchiveListing(BrowsedPlace place, S3Uri folder, int most, Answer answer) {
        this.place = place;
        this.folder = folder;
        this.most = most;
        this.answer = answer;
    }

    /**
     * Lists everything that was chosen, whatever its name is.
     *
     * @param most files and folders
     * @throws ProblemException 404 for a folder in which nothing is; 400 where there is too much in them
     * @throws StoreException ARCHIVED where something cannot be read before it is restored
     * @throws ClientGoneException if nobody waits for it any more
     */
    static ArchiveList of(BrowsedPlace place, Selection selection, int most, Answer answer) throws IOException {
        var listing = new ArchiveListing(place, selection.folder(), most, answer);
        try (ArchiveList list = listing.list) {
            for (Chosen each : selection.chosen()) {
                listing.add(each);
            }
            listing.refuseArchived();
            return list;
        }
    }

    private void add(Chosen chosen) throws IOException {
        if (chosen.file() != null) {
            add(chosen.file());
            return;
        }
        S3Uri uri = chosen.uri();
        try (var objects = place.store().walk(uri.bucket(), uri.key(), Order.BY_KEY_IN_PARTS)) {
            Iterator<ObjectInfo> each = objects.iterator();
            if (!each.hasNext()) {
                throw uri.key().isEmpty() ? Lookup.nothing(uri) : Lookup.neither(uri);
            }
            while (each.hasNext()) {
                add(each.next());
            }
        }
    }

    private void add(ObjectInfo object) throws IOException {
        if (list.count() == most) {
            throw ProblemException.invalid(
                    "uri",
                    "names more than " + most
                            + " files and folders, as many as one archive may hold (wharf.downloads.max-archive-entries):"
                            + " choose fewer");
        }
        if (list.memory() > MOST_MEMORY) {
            throw ProblemException.invalid(
                    "uri",
                    "names files whose names take more than " + (MOST_MEMORY >> 20) + " MiB of memory, " + list.count()
                            + " of them: choose fewer");
        }
        if (list.count() % LOOK_AFTER == 0 && answer.isGone()) {
            throw new ClientGoneException("The client has gone");
        }
        if (object.archived() && isArchived(object)) {
            archived++;
        }
        list.add(new Item(
                object.key().substring(folder.key().length()), object.size(), object.etag(), object.lastModified()));
    }

    /** Some stores tell in their listings nothing of copies that were restored: looked at until one is not. */
    private boolean isArchived(ObjectInfo listed) {
        if (firstArchived == null) {
            firstArchived = ObjectFinder.find(place.store(), folder.bucket(), listed.key())
                    .filter(ObjectInfo::archived)
                    .orElse(null);
        }
        return firstArchived != null;
    }

    private void refuseArchived() {
        if (firstArchived != null) {
            throw new StoreException(
                    Kind.ARCHIVED,
                    folder.withKey(firstArchived.key()).location()
                            + (archived == 1 ? " is" : " and " + (archived - 1) + " other files are")
                            + " archived (storage class " + firstArchived.storageClass()
                            + ") and cannot be read before being restored: POST /vfsRestore asks for that");
        }
    }
}
