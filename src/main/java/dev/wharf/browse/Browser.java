package dev.wharf.browse;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Shows what is in a connection, a bucket or a folder ({@code seed.txt}, <i>Java VFS Service</i>).
 *
 * <p>The place is the query's {@code uri}: a connection (its default bucket, or its buckets), a bucket, a folder, or a
 * file, which is the one row then. Without a trailing slash a path is the folder of that name if there is one.
 */
public final class Browser {
    private static final int MAX_ROWS = 1000;

    private final Places places;
    private final PageTokens tokens;

    public Browser(Places places, Secrets secrets) {
        this.places = places;
        this.tokens = new PageTokens(secrets);
    }

    /**
     * One page.
     *
     * @param query {@code uri}; {@code connectionId} where the uri has none; {@code allBuckets}; {@code recursive};
     *     {@code sort}; {@code limit} 1 to 1,000, default 1,000; {@code nextToken}; {@code showHidden}
     * @throws ProblemException 400, 403 or 404, naming what is missing and what to do
     */
    public Listing list(Caller caller, Query query) {
        var view = ListView.of(query);
        int limit = query.number("limit", MAX_ROWS, 1, MAX_ROWS);
        try (BrowsedPlace opened = places.open(caller, query)) {
            BrowsedPlace place = places.inDefaultBucket(opened, query);
            var scope = new PageTokens.Scope(view.recursive() ? "vfsList recursive" : "vfsList", caller, place.uri());
            String token = query.get("nextToken")
                    .map(shown -> tokens.read(scope, shown))
                    .orElse(null);
            Listing page = page(place, new ListPages(place, view, limit), view.recursive(), token);
            return new Listing(page.data(), tokens.shown(scope, page.nextToken()));
        }
    }

    private static Listing page(BrowsedPlace place, ListPages pages, boolean recursive, String token) {
        S3Uri uri = place.uri();
        if (uri.bucket().isEmpty()) {
            return pages.buckets(token);
        }
        Optional<ObjectInfo> file = file(place);
        if (file.isPresent()) {
            return new Listing(List.of(Entry.file(uri, file.get())), null);
        }
        return recursive ? pages.tree(uri.asFolder(), token) : pages.folder(uri.asFolder(), token);
    }

    /**
     * The same as a stream without pages, one row a line.
     *
     * @param query as for {@link #list}, but {@code limit} may be any number and by default there is none; {@code
     *     progress}: further lines about it
     * @throws ProblemException as {@link #list}
     */
    public void stream(Caller caller, Query query, Answer answer) throws ClientGoneException {
        var view = ListView.of(query);
        int limit = query.number("limit", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        PageTokens.refuse(query);
        try (BrowsedPlace opened = places.open(caller, query)) {
            BrowsedPlace place = places.inDefaultBucket(opened, query);
            places.guard(answer, place);
            Lines.send(
                    answer,
                    query.flag("progress"),
                    lines -> stream(place, new ListStream(place, view, limit, lines), view.recursive()));
        }
    }

    private static boolean stream(BrowsedPlace place, ListStream rows, boolean recursive) throws IOException {
        S3Uri uri = place.uri();
        if (uri.bucket().isEmpty()) {
            return rows.buckets();
        }
        Optional<ObjectInfo> file = file(place);
        if (file.isPresent()) {
            return rows.file(file.get());
        }
        return recursive ? rows.tree(uri.asFolder()) : rows.folder(uri.asFolder());
    }

    /**
     * One place: a file, a folder, a bucket or a whole connection. A path without a trailing slash is the file of that
     * name if there is one, and else the folder.
     *
     * @throws ProblemException 404 if there is nothing
     */
    @Operation("vfsStat")
    public Stat stat(Caller caller, Query query) {
        try (BrowsedPlace place = places.open(caller, query)) {
            S3Uri uri = place.uri();
            if (uri.bucket().isEmpty()) {
                return new Stat(Entry.folder(uri, ""), false);
            }
            if (!uri.isFolder()) {
                Optional<ObjectInfo> file = ObjectFinder.find(place.store(), uri.bucket(), uri.key());
                if (file.isPresent()) {
                    return new Stat(Entry.file(uri, file.get()), Lookup.isFolderIfKnown(place.store(), uri));
                }
            }
            if (Lookup.isFolder(place.store(), uri) || uri.key().isEmpty()) {
                return new Stat(Entry.folder(uri, uri.asFolder().key()), false);
            }
            throw uri.isFolder() ? Lookup.nothing(uri) : Lookup.neither(uri);
        }
    }

    private static Optional<ObjectInfo> file(BrowsedPlace place) {
        return place.uri().isFolder() ? Optional.empty() : Lookup.fileUnlessFolder(place.store(), place.uri());
    }
}
