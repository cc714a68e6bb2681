package dev.wharf.browse;

import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Listings page by page. A page ends when it is full, or when so much that is hidden was passed over that it is time to
 * answer.
 */
final class ListPages {
    private static final int MAX_HIDDEN_PAGES = 20;
    private static final int MAX_HIDDEN_OBJECTS = 20_000;

    private final BrowsedPlace place;
    private final ListView view;
    private final int limit;

    /**
     * @param limit rows, 1 to 1,000
     */
    ListPages(BrowsedPlace place, ListView view, int limit) {
        this.place = place;
        this.view = view;
        this.limit = limit;
    }

    /**
     * @param after the last name of the page before, or null
     */
    Listing buckets(String after) {
        List<String> following = Lookup.buckets(place).stream()
                .filter(name -> after == null || name.compareTo(after) > 0)
                .toList();
        List<String> shown = following.stream().limit(limit).toList();
        return new Listing(
                shown.stream()
                        .map(name -> Entry.bucket(name, place.uri().connectionId()))
                        .toList(),
                shown.size() < following.size() ? shown.get(shown.size() - 1) : null);
    }

    /**
     * @param firstToken of the store, or null
     */
    Listing folder(S3Uri folder, String firstToken) {
        List<Entry> rows = new ArrayList<>();
        String token = firstToken;
        boolean exists = folder.key().isEmpty() || token != null;
        for (int pages = 0; rows.isEmpty() && pages < MAX_HIDDEN_PAGES; pages++) {
            var page = place.store().folder(folder.bucket(), folder.key(), limit, token);
            exists |= !page.entries().isEmpty() || page.nextToken() != null;
            page.entries().stream().filter(view::shows).forEach(listed -> rows.add(new Entry(folder, listed)));
            token = page.nextToken();
            if (token == null) {
                break;
            }
        }
        if (!exists && !Lookup.isFolder(place.store(), folder)) {
            throw Lookup.nothing(folder);
        }
        return new Listing(rows, token);
    }

    /**
     * Everything below a folder.
     *
     * @param after the last key that was looked at, or null
     */
    Listing tree(S3Uri folder, String after) {
        List<Entry> rows = new ArrayList<>();
        String last = null;
        try (var objects = after == null
                ? place.store().walk(folder.bucket(), folder.key())
                : place.store().walkAfter(folder.bucket(), folder.key(), after)) {
            Iterator<ObjectInfo> each = objects.iterator();
            if (!each.hasNext() && after == null && !folder.key().isEmpty()) {
                throw Lookup.nothing(folder);
            }
            for (int seen = 0; each.hasNext(); seen++) {
                if (rows.size() == limit || seen == MAX_HIDDEN_OBJECTS) {
                    return new Listing(rows, last);
                }
                ObjectInfo object = each.next();
                last = object.key();
                if (view.shows(object, folder.key())) {
                    rows.add(Entry.file(folder, object));
                }
            }
        }
        return new Listing(rows, null);
    }
}
