package dev.wharf.browse;

import dev.wharf.browse.pattern.NamePattern;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.ObjectStore.Order;
import dev.wharf.store.S3Uri;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at everything below a folder for names that match, in no order. Folders are found by the objects in them, and
 * given once; where a file has the same name, the file is given instead ({@code seed.txt}, <i>Reading from sources in S3</i>).
 */
final class TreeSearch {
    private final BrowsedPlace place;
    private final S3Uri folder;
    private final SearchQuery query;
    private final NamePattern pattern;
    private final Rows rows;
    private final long deadline;

    /** Keys that were given: no more than there may be rows. */
    private final Set<String> given = new HashSet<>();

    /** The folder of the object before: its name and those of its parents have been looked at. */
    private String lastParent = "";

    private boolean lastParentHidden;

    /**
     * @param deadline of {@link System#nanoTime}
     */
    TreeSearch(BrowsedPlace place, SearchQuery query, Rows rows, long deadline) {
        this.place = place;
        this.folder = place.uri().asFolder();
        this.query = query;
        this.pattern = query.pattern();
        this.rows = rows;
        this.deadline = deadline;
    }

    /**
     * Whether everything was looked at, and given if it matched.
     *
     * @throws ProblemException 404 if there is nothing at all below the folder
     */
    boolean run() throws IOException {
        try (var objects = place.store().walk(folder.bucket(), folder.key(), Order.ANY)) {
            for (Iterator<ObjectInfo> each = objects.iterator(); each.hasNext(); ) {
                if (rows.looked() == query.scanLimit() || System.nanoTime() - deadline > 0 || !consider(each.next())) {
                    return false;
                }
                rows.look();
            }
        }
        if (rows.looked() == 0 && !folder.key().isEmpty()) {
            throw Lookup.nothing(folder);
        }
        return true;
    }

    /** False where a match would be one too many. */
    private boolean consider(ObjectInfo object) throws IOException {
        String key = object.key();
        int nameStart = key.lastIndexOf('/') + 1;
        if (!isInLastParent(key, nameStart) && !considerParents(key, nameStart)) {
            return false;
        }
        return lastParentHidden
                || key.length() == nameStart
                || !matches(key, nameStart, key.length())
                || !isShown(object)
                || give(Entry.file(folder, object));
    }

    private boolean isInLastParent(String key, int nameStart) {
        return lastParent.length() == nameStart && key.startsWith(lastParent);
    }

    private boolean considerParents(String key, int nameStart) throws IOException {
        lastParent = key.substring(0, nameStart);
        lastParentHidden = false;
        for (int start = folder.key().length(); start < nameStart; ) {
            int slash = key.indexOf('/', start);
            if (!query.view().showHidden() && ObjectNames.isHidden(key.substring(start, slash))) {
                lastParentHidden = true;
                return true;
            }
            if (matches(key, start, slash) && !giveFolder(key.substring(0, slash + 1))) {
                return false;
            }
            start = slash + 1;
        }
        return true;
    }

    private boolean matches(String key, int nameStart, int end) {
        return pattern.matches(key, pattern.ofPaths() ? folder.key().length() : nameStart, end);
    }

    /** Objects come in no order, so only the store can tell whether there is a file of this name. */
    private boolean giveFolder(String key) throws IOException {
        String name = key.substring(0, key.length() - 1);
        if (given.contains(key) || given.contains(name)) {
            return true;
        }
        Optional<ObjectInfo> file =
                Lookup.listedFile(place.store(), folder.bucket(), name).filter(this::isShown);
        return give(file.isPresent() ? Entry.file(folder, file.get()) : Entry.folder(folder, key));
    }

    private boolean isShown(ObjectInfo object) {
        return query.view().shows(new ListedEntry.File(object));
    }

    private boolean give(Entry entry) throws IOException {
        if (given.contains(entry.key())) {
            return true;
        }
        if (rows.count() == query.limit()) {
            return false;
        }
        given.add(entry.key());
        rows.write(entry);
        return true;
    }
}
