package dev.wharf.s3.read;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.OpenBodies;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.ContentRange;
import dev.wharf.s3.wire.Etags;
import dev.wharf.s3.wire.QuotedText;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** One version of an object, asked for from any byte on; what comes is never of another version or another place. */
final class ObjectVersion {
    private final ClientLease lease;
    private final StoreSettings settings;
    private final String bucket;
    private final String key;
    private final ObjectInfo object;

    /** Which version it is was told by a first answer. */
    ObjectVersion(ClientLease lease, StoreSettings settings, String bucket, String key, ObjectInfo object) {
        this.lease = lease;
        this.settings = settings;
        this.bucket = bucket;
        this.key = key;
        this.object = object;
    }

    /** What the store says of it. */
    ObjectInfo object() {
        return object;
    }

    StoreSettings settings() {
        return settings;
    }

    OpenBodies bodies() {
        return lease.bodies();
    }

    /** Whether the store can be asked for more of exactly this version: it can where it has told an ETag. */
    boolean isResumable() {
        return !object.etag().isEmpty();
    }

    /**
     * Asks for the bytes from {@code first} to before {@code end}. A store that ignores ranges sends the whole object.
     *
     * @throws StoreException CHANGED where the object is another one by now; BROKEN where other bytes would come
     */
    ObjectBody get(long first, long end) {
        String last = end == object.size() ? "" : String.valueOf(end - 1);
        String range = first == 0 && last.isEmpty() ? null : "bytes=" + first + "-" + last;
        ObjectBody body = ObjectBody.get(lease, bucket, key, Etags.quoted(object.etag()), range);
        try {
            check(body.answer(), first, end);
            return body;
        } catch (StoreException e) {
            body.abort();
            throw e;
        }
    }

    /**
     * Makes sure that an answer carries what was asked for.
     *
     * @throws StoreException as {@link #get}
     */
    void check(GetObjectResponse answer, long first, long end) {
        boolean whole = answer.contentRange() == null;
        var sent = whole
                ? new ContentRange(0, object.size() - 1, object.size())
                : ContentRange.parse(answer.contentRange());
        boolean asAsked = sent != null
                && sent.size() == object.size()
                && (whole || sent.first() == first && sent.last() == end - 1)
                && (answer.contentLength() == null || answer.contentLength() == sent.last() - sent.first() + 1);
        if (!asAsked) {
            throw broken(
                    "asked for the bytes " + first + " to " + (end - 1) + " of " + object.size()
                            + ", the store answers with "
                            + (whole ? answer.contentLength() + " bytes" : QuotedText.quoted(answer.contentRange())),
                    null);
        }
    }

    StoreException broken(String what, Exception cause) {
        return failure(Kind.BROKEN, what, cause);
    }

    StoreException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return failure(Kind.UNAVAILABLE, "interrupted", cause);
    }

    private StoreException failure(Kind kind, String what, Exception cause) {
        return new StoreException(kind, StoreErrors.place(bucket, key) + ": " + what, cause);
    }
}
