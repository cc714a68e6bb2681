package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.LearnedConditions;
import dev.wharf.s3.client.LearnedConditions.Seen;
import dev.wharf.s3.wire.Etags;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.store.UploadLedger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Asks a store once in each bucket whether it keeps {@code If-None-Match: *} of CompleteMultipartUpload: it is to complete an
 * upload in the place of an object that has just become visible, with the same bytes, which it copies itself, and the same
 * mark. One that keeps the condition refuses; with one that ignores it the object is replaced by its like. One that gives
 * any other answer is not believed to keep it.
 */
record CompletionProbe(ClientLease lease, UploadLedger ledger, StoreAccess access) {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionProbe.class);
    /** In bytes; stores copy so much in a moment. */
    private static final long LARGEST = 16L << 20;

    /** @param visible of one part that has no checksum: such a part the store can make of the object */
    void make(StagedObject visible) {
        LearnedConditions completions = lease.habits().completions();
        if (completions.in(visible.bucket()) != Seen.UNKNOWN || !isCopyable(visible)) {
            return;
        }
        Seen seen = Seen.IGNORED;
        try {
            seen = isKept(visible) ? Seen.KEPT : Seen.IGNORED;
        } catch (StoreException e) {
            LOG.debug("Looked for other objects before uploads are completed: {}", e.getMessage());
        }
        completions.learn(visible.bucket(), seen);
    }

    private static boolean isCopyable(StagedObject visible) {
        return visible.parts().size() == 1
                && !visible.hasChecksums()
                && visible.mark() != null
                && visible.size() > 0
                && visible.size() <= LARGEST
                // Of a key with it one store copies another object, or ends.
                && visible.key().indexOf('%') < 0;
    }

    private boolean isKept(StagedObject visible) {
        HeadObjectResponse object = lease.head(visible.bucket(), visible.key());
        if (!visible.mark().equals(object.metadata().get(ObjectPublisher.MARK))) {
            return false;
        }
        MultipartUpload again = new UploadStart(lease, ledger, access)
                .marked(visible.mark(), visible.bucket(), visible.key(), object.contentType());
        boolean over = false;
        try {
            String etag = again.copy(1, visible.bucket(), visible.key(), Etags.unquoted(object.eTag()), null);
            if (!Etags.unquoted(etag).equals(Etags.unquoted(visible.parts().get(0)))) {
                return false; // not the same bytes
            }
            again.add(new SentPart(etag, null));
            ObjectPublisher.complete(lease, again.staged(visible.size(), null), true);
            ledger.ended(visible.bucket(), visible.key(), again.id());
            over = true;
            return false;
        } catch (StoreException e) {
            if (e.kind() != Kind.EXISTS) {
                throw e;
            }
            return true;
        } finally {
            if (!over) {
                again.discard();
            }
        }
    }
}
