package dev.wharf.browse;

import dev.wharf.store.FolderPage;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.S3Uri;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds the names of a folder that begin like a text, as the store lists them. Where a file and a folder share a name,
 * only the file is given ({@code seed.txt}, <i>Reading from sources in S3</i>).
 */
final class PrefixSearch {
    private static final int PAGE = 1_000;

    private final BrowsedPlace place;
    private final S3Uri folder;
    private final SearchQuery query;
    private final Rows rows;

    /** Files whose names the names that follow may begin with: each is a beginning of the next. */
    private final Deque<String> open = new ArrayDeque<>();

    /** Where this request goes on after another one, which may have had the file of a folder that comes now; else null. */
    private String firstKey;

    PrefixSearch(BrowsedPlace place, SearchQuery query, Rows rows) {
        this.place = place;
        this.folder = place.uri().asFolder();
        this.query = query;
        this.rows = rows;
    }

    /**
     * @param firstToken of the store, where a page went before; or null
     * @param maxPages of the store, that are read for one of ours
     * @return the token for what follows; null at the end
     */
    String run(String firstToken, int maxPages) throws IOException {
        String prefix = folder.withKey(folder.key() + query.text()).key();
        boolean resumed = firstToken != null;
        String token = firstToken;
        for (int pages = 0; pages < maxPages && rows.count() < query.limit(); pages++) {
            int missing = (int) Math.min(PAGE, query.limit() - rows.count());
            FolderPage page = place.store().folder(folder.bucket(), prefix, missing, token);
            for (ListedEntry entry : page.entries()) {
                if (resumed && firstKey == null) {
                    firstKey = entry.key();
                }
                if (query.view().shows(entry) && !isShadowed(entry)) {
                    rows.write(new Entry(folder, entry));
                }
                rows.look();
            }
            token = page.nextToken();
            if (token == null) {
                break;
            }
        }
        return token;
    }

    /**
     * Whether the row is a folder of whose name there is a file. In the store's order the file comes first, and between
     * the two there are only names that begin like it.
     */
    private boolean isShadowed(ListedEntry entry) {
        String key = entry.key();
        while (!open.isEmpty() && !key.startsWith(open.peek())) {
            open.pop();
        }
        if (entry instanceof ListedEntry.File) {
            open.push(key);
            return false;
        }
        String name = key.substring(0, key.length() - 1);
        return name.equals(open.peek())
                || firstKey != null
                        && firstKey.startsWith(name)
                        && Lookup.listedFile(place.store(), folder.bucket(), name)
                                .filter(file -> query.view().shows(new ListedEntry.File(file)))
                                .isPresent();
    }
}
