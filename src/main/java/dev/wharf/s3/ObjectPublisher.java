package dev.wharf.s3;

import dev.wharf.s3.StoreException.Kind;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Makes objects visible, never over another one.
 *
 * <p>{@code If-None-Match: *} decides. Stores other than AWS S3 are asked with HEAD before, as some ignore the header
 * (Ceph on CompleteMultipartUpload; not seen on PutObject, see {@link SinglePut}): there, two writers at the same
 * instant could still both win.
 */
final class ObjectPublisher {
    /** Written with every object that is stored by a single request: by it, a lost answer's object is recognised. */
    private static final String MARK = "wharf-write";

    private final ClientLease lease;
    private final StoreAccess access;
    private final UploadLedger ledger;
    private final ObjectVerifier verifier;

    ObjectPublisher(ClientLease lease, StoreAccess access, UploadLedger ledger, ObjectVerifier verifier) {
        this.lease = lease;
        this.access = access;
        this.ledger = ledger;
        this.verifier = verifier;
    }

    static Map<String, String> marked(String mark) {
        return Map.of(MARK, mark);
    }

    /** @throws StoreException EXISTS, on stores that may not say so themselves */
    void refuseExisting(String bucket, String key) {
        if (!access.isAws() && verifier.find(bucket, key) != null) {
            throw exists(bucket, key, null);
        }
    }

    /**
     * Looks whether a refused object is the one that we sent before and whose answer was lost.
     *
     * @throws StoreException the refusal, if it is not
     */
    void ownAfterAll(String bucket, String key, String mark, StoreException refusal) {
        HeadObjectResponse found = refusal.kind() == Kind.EXISTS ? verifier.find(bucket, key) : null;
        if (found == null || !mark.equals(found.metadata().get(MARK))) {
            throw refusal;
        }
    }

    ObjectInfo commit(StagedObject staged) {
        String etag = Md5.ofParts(staged.parts());
        HeadObjectResponse before = access.isAws() ? null : verifier.find(staged.bucket(), staged.key());
        if (before != null) {
            recognise(before, staged, etag, exists(staged.bucket(), staged.key(), null));
        } else {
            try {
                complete(staged);
            } catch (StoreException e) {
                if (e.kind() != Kind.EXISTS && e.kind() != Kind.NO_SUCH_UPLOAD) {
                    throw e;
                }
                recognise(verifier.find(staged.bucket(), staged.key()), staged, etag, e);
            }
        }
        ledger.ended(staged.bucket(), staged.key(), staged.uploadId());
        return verifier.verify(staged.bucket(), staged.key(), staged.size(), etag);
    }

    private void complete(StagedObject staged) {
        var parts = new CompletedPart[staged.parts().size()];
        for (int index = 0; index < parts.length; index++) {
            parts[index] = CompletedPart.builder()
                    .partNumber(index + 1)
                    .eTag(staged.parts().get(index))
                    .build();
        }
        lease.ask(
                Operation.COMPLETE_UPLOAD,
                staged.bucket(),
                staged.key(),
                client -> client.completeMultipartUpload(request -> request.bucket(staged.bucket())
                        .key(staged.key())
                        .uploadId(staged.uploadId())
                        .ifNoneMatch("*")
                        .multipartUpload(upload -> upload.parts(parts))));
    }

    /** Whether an object is what this upload has become: its content, and the upload is over. */
    private void recognise(HeadObjectResponse found, StagedObject staged, String etag, StoreException refusal) {
        boolean same = found != null
                && found.contentLength() != null
                && found.contentLength() == staged.size()
                && !Etags.contradicts(found.eTag(), etag, found.serverSideEncryptionAsString());
        if (!same || isPending(staged)) {
            throw refusal;
        }
    }

    /** Whether its parts are still kept as parts. Some stores answer for an upload that is over, without any. */
    private boolean isPending(StagedObject staged) {
        try {
            return lease.ask(Operation.LIST_PARTS, staged.bucket(), staged.key(), client -> client.listParts(
                            request -> request.bucket(staged.bucket())
                                    .key(staged.key())
                                    .uploadId(staged.uploadId())
                                    .maxParts(1))
                    .hasParts());
        } catch (StoreException e) {
            if (e.kind() == Kind.NO_SUCH_UPLOAD || e.kind() == Kind.DENIED) {
                return false;
            }
            throw e;
        }
    }

    private static StoreException exists(String bucket, String key, StoreException cause) {
        return new StoreException(
                Kind.EXISTS,
                StoreErrors.place(bucket, key) + ": an object with this key exists, and nothing is ever overwritten",
                cause);
    }
}
