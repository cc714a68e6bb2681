package dev.wharf.s3;

import dev.wharf.s3.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists a bucket, one page in memory at a time. Keys come URL-encoded, as XML cannot hold all of them. */
final class ObjectLister {
    private static final int PAGE = 1_000;
    // S3's order. Java's compares UTF-16 units, which differs beyond the basic plane.
    private static final Comparator<ListedEntry> BY_BYTES = (left, right) -> Arrays.compareUnsigned(
            left.key().getBytes(StandardCharsets.UTF_8), right.key().getBytes(StandardCharsets.UTF_8));

    private ObjectLister() {}

    static FolderPage folder(ClientLease lease, String bucket, String prefix, int limit, String token) {
        var page = page(lease, bucket, prefix, "/", limit, null, token);
        String next = nextToken(page, bucket, prefix, token);
        List<ListedEntry> entries =
                new ArrayList<>(page.contents().size() + page.commonPrefixes().size());
        for (S3Object object : page.contents()) {
            requirePrefix(bucket, prefix, object.key());
            // The placeholder by which consoles create a folder is the folder itself, not a file in it.
            if (!object.key().equals(prefix) || !prefix.endsWith("/") || object.size() > 0) {
                entries.add(new ListedEntry.File(ObjectInfos.of(object)));
            }
        }
        page.commonPrefixes().forEach(folder -> entries.add(new ListedEntry.Folder(folder.prefix())));
        entries.sort(BY_BYTES);
        return new FolderPage(List.copyOf(entries), next);
    }

    /** A store that takes {@code a/../b/} for {@code b/} would have us believe that a folder holds another's files. */
    private static void requirePrefix(String bucket, String prefix, String key) {
        if (!key.startsWith(prefix)) {
            throw new StoreException(
                    StoreException.Kind.BROKEN,
                    "s3://" + bucket + "/" + prefix + ": the store lists " + key + ", which is not in that folder");
        }
    }

    /** The lease is closed with the stream, and at its end. */
    static Stream<ObjectInfo> walk(ClientLease lease, String bucket, String prefix, String after) {
        var pages = new Pages(lease, bucket, prefix, after);
        pages.fetch();
        return StreamSupport.stream(pages, false).onClose(pages::close);
    }

    private static ListObjectsV2Response page(
            ClientLease lease, String bucket, String prefix, String delimiter, int limit, String after, String token) {
        return lease.ask(
                Operation.LIST,
                bucket,
                prefix.isEmpty() ? null : prefix,
                client -> client.listObjectsV2(request -> request.bucket(bucket)
                        .prefix(prefix)
                        .delimiter(delimiter)
                        .maxKeys(limit)
                        .encodingType(EncodingType.URL)
                        .startAfter(after)
                        .continuationToken(token)));
    }

    private static String nextToken(ListObjectsV2Response page, String bucket, String prefix, String token) {
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return null;
        }
        String next = page.nextContinuationToken();
        if (next == null || next.isEmpty() || next.equals(token)) {
            throw loop(bucket, prefix);
        }
        return next;
    }

    private static StoreException loop(String bucket, String prefix) {
        return new StoreException(
                Kind.BROKEN,
                StoreErrors.place(bucket, prefix)
                        + ": the store's listing goes round in circles: it gave a continuation token that it had given"
                        + " before, or none");
    }

    /** One page at a time; the next is asked for when this one has been read. */
    private static final class Pages extends Spliterators.AbstractSpliterator<ObjectInfo> {
        private final ClientLease lease;
        private final String bucket;
        private final String prefix;
        private final String after;
        private Iterator<S3Object> objects;
        private String token;
        private boolean closed;
        // Brent's method: comparing with one remembered token finds a circle of any length without keeping them all.
        private String remembered;
        private long pagesUntilRemembering = 1;
        private long interval = 1;

        Pages(ClientLease lease, String bucket, String prefix, String after) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
            this.lease = lease;
            this.bucket = bucket;
            this.prefix = prefix;
            this.after = after;
        }

        void fetch() {
            var page = page(lease, bucket, prefix, null, PAGE, after, token);
            String next = nextToken(page, bucket, prefix, token);
            if (next != null && next.equals(remembered)) {
                throw loop(bucket, prefix);
            }
            if (--pagesUntilRemembering == 0) {
                remembered = next;
                interval *= 2;
                pagesUntilRemembering = interval;
            }
            page.contents().forEach(object -> requirePrefix(bucket, prefix, object.key()));
            objects = page.contents().iterator();
            token = next;
        }

        @Override
        public boolean tryAdvance(Consumer<? super ObjectInfo> action) {
            if (closed) {
                return false;
            }
            while (!objects.hasNext()) {
                if (token == null) {
                    close();
                    return false;
                }
                fetch();
            }
            action.accept(ObjectInfos.of(objects.next()));
            return true;
        }

        void close() {
            closed = true;
            lease.close();
        }
    }
}
