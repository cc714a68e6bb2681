package dev.wharf.s3.list;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.ListingPage;
import dev.wharf.store.ObjectInfo;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;

/** The listing of one prefix of a bucket, page by page. Keys come URL-encoded, as XML cannot hold all of them. */
final class BucketListing {
    private static final int PAGE = 1_000;

    private final ClientLease lease;
    private final String bucket;
    private final String prefix;
    private final ListingFaults faults;

    BucketListing(ClientLease lease, String bucket, String prefix) {
        this.lease = lease;
        this.bucket = bucket;
        this.prefix = prefix;
        faults = new ListingFaults(StoreErrors.place(bucket, prefix));
    }

    ListingFaults faults() {
        return faults;
    }

    /** Files and sub-folders. */
    ListingPage folder(int limit, String token) {
        return checked(
                token, ask(request -> request.delimiter("/").maxKeys(limit).continuationToken(token)));
    }

    /** Objects at any depth, behind a key or with a token, each of which may be null. */
    ListingPage objects(String startAfter, String token) {
        return checked(
                token,
                ask(request -> request.maxKeys(PAGE).startAfter(startAfter).continuationToken(token)));
    }

    private ListingPage ask(Consumer<ListObjectsV2Request.Builder> part) {
        return lease.list(bucket, prefix, request -> {
            request.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL);
            // Others know nothing of it, and some refuse headers that they do not know.
            if (lease.isAws()) {
                request.optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS);
            }
            part.accept(request);
        });
    }

    private ListingPage checked(String token, ListingPage page) {
        for (ObjectInfo object : page.objects()) {
            if (!object.key().startsWith(prefix)) {
                throw faults.strange(prefix, object.key());
            }
        }
        String next = page.nextToken();
        if (next != null && (next.isEmpty() || next.equals(token))) {
            throw faults.circular();
        }
        return page;
    }
}
