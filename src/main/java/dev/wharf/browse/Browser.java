package dev.wharf.browse;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Query;
import dev.wharf.kernel.Secrets;
import dev.wharf.s3.ListedEntry;
import dev.wharf.s3.ObjectFinder;
import dev.wharf.s3.ObjectInfo;
import dev.wharf.s3.ObjectNames;
import dev.wharf.s3.ObjectStore;
import dev.wharf.s3.S3Uri;
import dev.wharf.s3.StoreException;
import dev.wharf.s3.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what is in a connection, a bucket or a folder ({@code seed.txt}, <i>Java VFS Service</i>), page by page. */
public final class Browser {
    private static final int MAX_ROWS = 1000;
    /** Pages of nothing but hidden names that are passed over within one request. */
    private static final int MAX_HIDDEN_PAGES = 20;

    private final Places places;
    private final PageTokens tokens;

    public Browser(Places places, Secrets secrets) {
        this.places = places;
        this.tokens = new PageTokens(secrets);
    }

    /** One request: a place, and how it is to be shown. */
    private record Request(Caller caller, S3Uri uri, ObjectStore store, int limit, String token, boolean showHidden) {}

    /**
     * Lists the place that {@code uri} names: a connection (its default bucket, or its buckets), a bucket, a folder, or
     * a file, which is the one row then. Without a trailing slash a path is the folder of that name if there is one.
     *
     * @param query {@code uri}; {@code connectionId} where the uri has none; {@code limit} 1 to 1,000, default 1,000;
     *     {@code nextToken}; {@code showHidden}
     * @throws ProblemException 400, 403 or 404, naming what is missing and what to do
     */
    public Listing list(Caller caller, Query query) {
        try (Place place = places.open(caller, query)) {
            return list(places.inDefaultBucket(place), query);
        }
    }

    private Listing list(Place place, Query query) {
        Caller caller = place.caller();
        S3Uri uri = place.uri();
        String token = query.get("nextToken").orElse(null);
        var request = new Request(
                caller,
                uri,
                place.store(),
                query.number("limit", MAX_ROWS, 1, MAX_ROWS),
                token == null ? null : tokens.read(caller, uri, token),
                query.flag("showHidden"));
        if (uri.bucket().isEmpty()) {
            return buckets(request);
        }
        return uri.isFolder() ? folder(request) : folderOrFile(request);
    }

    private Listing buckets(Request request) {
        List<String> following = bucketNames(request).stream()
                .sorted()
                .filter(name -> request.token() == null || name.compareTo(request.token()) > 0)
                .toList();
        List<String> shown = following.stream().limit(request.limit()).toList();
        String last = shown.size() < following.size() ? shown.get(shown.size() - 1) : null;
        return new Listing(
                shown.stream()
                        .map(name -> Listing.Entry.bucket(name, request.uri().connectionId()))
                        .toList(),
                tokens.shown(request.caller(), request.uri(), last));
    }

    private static List<String> bucketNames(Request request) {
        try {
            return request.store().buckets();
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "The key pair of connection " + request.uri().connectionId()
                            + " may not list buckets: it lacks s3:ListAllMyBuckets, and the connection has no default"
                            + " bucket. Set its default bucket, or paste a path such as s3://<bucket>/<folder>/",
                    e);
        }
    }

    private Listing folder(Request request) {
        S3Uri folder = request.uri();
        return page(request, folder.key())
                .orElseThrow(() ->
                        new ProblemException(Problem.NOT_FOUND, "There is nothing in the folder " + folder.location()));
    }

    private Listing folderOrFile(Request request) {
        S3Uri uri = request.uri();
        StoreException denied = null;
        try {
            Optional<Listing> folder = isTooLongForAFolder(uri) ? Optional.empty() : page(request, uri.key() + "/");
            if (folder.isPresent()) {
                return folder.get();
            }
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            denied = e; // who may not list may still be allowed to read a file whose path they know
        }
        Optional<ObjectInfo> file = file(request, denied);
        if (file.isEmpty() && denied != null) {
            throw denied;
        }
        return file.map(object -> new Listing(List.of(Listing.Entry.file(uri, object)), null))
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND, "There is neither a file nor a folder " + uri.location()));
    }

    private static Optional<ObjectInfo> file(Request request, StoreException denied) {
        try {
            return ObjectFinder.find(
                    request.store(), request.uri().bucket(), request.uri().key());
        } catch (StoreException e) {
            throw denied == null ? e : denied;
        }
    }

    private static boolean isTooLongForAFolder(S3Uri uri) {
        return uri.key().getBytes(java.nio.charset.StandardCharsets.UTF_8).length >= S3Uri.MAX_KEY_BYTES;
    }

    /** Rows of a folder; empty if there is no such folder. The root of a bucket is one even if nothing is in it. */
    private Optional<Listing> page(Request request, String prefix) {
        S3Uri uri = request.uri();
        List<Listing.Entry> rows = new ArrayList<>();
        String token = request.token();
        boolean exists = prefix.isEmpty() || token != null;
        for (int pages = 0; rows.isEmpty() && pages < MAX_HIDDEN_PAGES; pages++) {
            var page = request.store().folder(uri.bucket(), prefix, request.limit(), token);
            exists |= !page.entries().isEmpty() || page.nextToken() != null;
            page.entries().stream()
                    .filter(entry -> request.showHidden() || !isHidden(entry))
                    .forEach(entry -> rows.add(Listing.Entry.of(uri, entry)));
            token = page.nextToken();
            if (token == null) {
                break;
            }
        }
        if (!exists && !hasPlaceholder(request.store(), uri.bucket(), prefix)) {
            return Optional.empty();
        }
        return Optional.of(new Listing(rows, tokens.shown(request.caller(), uri, token)));
    }

    /** By listing: on a store that keeps files in folders, HEAD finds the file {@code a} under {@code a/} as well. */
    private static boolean hasPlaceholder(ObjectStore store, String bucket, String prefix) {
        try (var objects = store.walk(bucket, prefix)) {
            return objects.findFirst().isPresent();
        }
    }

    private static boolean isHidden(ListedEntry entry) {
        String key = entry.key();
        String path = entry instanceof ListedEntry.Folder ? key.substring(0, key.length() - 1) : key;
        boolean file = entry instanceof ListedEntry.File;
        return ObjectNames.isHidden(path.substring(path.lastIndexOf('/') + 1))
                || file && (ObjectNames.isMarker(key) || ObjectNames.isPlaceholder(key));
    }
}
