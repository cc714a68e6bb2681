package dev.wharf.browse;

import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore.Order;
import dev.wharf.store.S3Uri;
import java.io.IOException;
import java.util.Iterator;

/** Listings in one go, however long they are. */
final class ListStream {
    private static final int PAGE = 1_000;

    private final BrowsedPlace place;
    private final ListView view;
    private final int limit;
    private final Rows rows;

    /**
     * @param limit rows
     */
    ListStream(BrowsedPlace place, ListView view, int limit, Rows rows) {
        this.place = place;
        this.view = view;
        this.limit = limit;
        this.rows = rows;
    }

    boolean buckets() throws IOException {
        for (String name : Lookup.buckets(place)) {
            if (!show(Entry.bucket(name, place.uri().connectionId()))) {
                return false;
            }
            rows.look();
        }
        return true;
    }

    boolean folder(S3Uri folder) throws IOException {
        String token = null;
        do {
            var page = place.store().folder(folder.bucket(), folder.key(), PAGE, token);
            for (ListedEntry listed : page.entries()) {
                if (view.shows(listed) && !show(new Entry(folder, listed))) {
                    return false;
                }
                rows.look();
            }
            token = page.nextToken();
        } while (token != null);
        if (rows.looked() == 0 && !folder.key().isEmpty() && !Lookup.isFolder(place.store(), folder)) {
            throw Lookup.nothing(folder);
        }
        return true;
    }

    /** Everything below a folder. */
    boolean tree(S3Uri folder) throws IOException {
        Order order = view.byName() ? Order.BY_KEY : Order.ANY;
        try (var objects = place.store().walk(folder.bucket(), folder.key(), order)) {
            for (Iterator<ObjectInfo> each = objects.iterator(); each.hasNext(); ) {
                ObjectInfo object = each.next();
                if (view.shows(object, folder.key()) && !show(Entry.file(folder, object))) {
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

    boolean file(ObjectInfo object) throws IOException {
        show(Entry.file(place.uri(), object));
        rows.look();
        return true;
    }

    /** False where the row would be one too many. */
    private boolean show(Entry entry) throws IOException {
        if (rows.count() == limit) {
            return false;
        }
        rows.write(entry);
        return true;
    }
}
