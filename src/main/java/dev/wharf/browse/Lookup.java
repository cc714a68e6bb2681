package dev.wharf.browse;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds out what is at an address, by the means that the key pair has. */
final class Lookup {
    private Lookup() {}

    /**
     * The buckets of a connection, in the order of their names.
     *
     * @throws ProblemException 403 where the key pair may not list them, with the ways that are left
     */
    static List<String> buckets(BrowsedPlace place) {
        try {
            return place.store().buckets().stream().sorted().toList();
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "The key pair of connection " + place.uri().connectionId()
                            + " may not list buckets: it lacks s3:ListAllMyBuckets, and the connection has no default"
                            + " bucket. Set its default bucket, or paste a path such as s3://<bucket>/<folder>/",
                    e);
        }
    }

    /** Whether there is a folder: something lies below the key and its slash, be it only a placeholder. */
    static boolean isFolder(ObjectStore store, S3Uri uri) {
        String prefix = uri.isFolder() ? uri.key() : uri.key() + "/";
        if (prefix.getBytes(StandardCharsets.UTF_8).length > S3Uri.MAX_KEY_BYTES) {
            return false;
        }
        var page = store.folder(uri.bucket(), prefix, 1, null);
        return !page.entries().isEmpty() || page.nextToken() != null || hasPlaceholder(store, uri.bucket(), prefix);
    }

    /** The same; null where the key pair may not list. */
    static Boolean isFolderIfKnown(ObjectStore store, S3Uri uri) {
        try {
            return isFolder(store, uri);
        } catch (StoreException e) {
            if (e.kind() == Kind.DENIED) {
                return null;
            }
            throw e;
        }
    }

    /** By listing: on a store that keeps files in folders, HEAD finds the file {@code a} under {@code a/} as well. */
    private static boolean hasPlaceholder(ObjectStore store, String bucket, String prefix) {
        try (var objects = store.walk(bucket, prefix)) {
            return objects.findFirst().isPresent();
        }
    }

    /**
     * The file that a path without a trailing slash means; empty where it means a folder, which goes first. Who may not
     * list may still be allowed to read a file whose path they know.
     *
     * @throws ProblemException 404 if there is neither
     */
    static Optional<ObjectInfo> fileUnlessFolder(ObjectStore store, S3Uri uri) {
        StoreException denied = null;
        try {
            if (isFolder(store, uri)) {
                return Optional.empty();
            }
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            denied = e;
        }
        Optional<ObjectInfo> file = file(store, uri, denied);
        if (file.isEmpty()) {
            throw denied == null ? neither(uri) : denied;
        }
        return file;
    }

    private static Optional<ObjectInfo> file(ObjectStore store, S3Uri uri, StoreException denied) {
        try {
            return ObjectFinder.find(store, uri.bucket(), uri.key());
        } catch (StoreException e) {
            throw denied == null ? e : denied;
        }
    }

    /** The file of exactly this key, found by listing alone. */
    static Optional<ObjectInfo> listedFile(ObjectStore store, String bucket, String key) {
        String token = null;
        do {
            var page = store.folder(bucket, key, 1, token);
            for (ListedEntry first : page.entries()) { // a key sorts before all that begin with it
                return first instanceof ListedEntry.File file && file.key().equals(key)
                        ? Optional.of(file.object())
                        : Optional.empty();
            }
            token = page.nextToken();
        } while (token != null);
        return Optional.empty();
    }

    static ProblemException neither(S3Uri uri) {
        return new ProblemException(Problem.NOT_FOUND, "There is neither a file nor a folder " + uri.location());
    }

    static ProblemException nothing(S3Uri folder) {
        return new ProblemException(Problem.NOT_FOUND, "There is nothing in the folder " + folder.location());
    }
}
