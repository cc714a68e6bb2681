package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.Encryptions;
import dev.wharf.s3.client.LearnedConditions.Seen;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.Etags;
import dev.wharf.s3.wire.ObjectInfos;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.store.UploadLedger;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Makes objects visible, never over another one.
 *
 * <p>{@code If-None-Match: *} decides. Stores other than AWS S3 are asked with HEAD before, until they are known to keep the
 * header ({@link SinglePut}, {@link CompletionProbe}): some ignore it (Ceph on CompleteMultipartUpload) and some refuse it
 * (OpenStack Swift on PutObject). There, two writers at the same instant could still both win.
 */
public final class ObjectPublisher {
    /** Written with every object, so that it is recognised though the answer was lost. */
    static final String MARK = "wharf-write";

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
     * Looks whether an object that was refused, or of which nothing was heard, is the one that we have sent and whose answer
     * was lost.
     *
     * @throws StoreException the failure, if it is not
     */
    void ownAfterAll(String bucket, String key, String mark, StoreException failure) {
        if (failure.kind() != Kind.EXISTS && !failure.problem().transientFailure()) {
            throw failure;
        }
        HeadObjectResponse found;
        try {
            found = verifier.find(bucket, key);
        } catch (StoreException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        if (found == null || !mark.equals(found.metadata().get(MARK))) {
            throw failure;
        }
    }

    public ObjectInfo commit(StagedObject staged) {
        makeVisible(staged);
        return verifier.verify(staged.bucket(), staged.key(), Expected.of(staged));
    }

    /** What a listing does not tell is seen to at once: whether the store has encrypted the object as it was asked to. */
    public void complete(StagedObject staged) {
        makeVisible(staged);
        if (Encryptions.algorithm(access) != null) {
            verifier.verify(staged.bucket(), staged.key(), Expected.of(staged));
        }
    }

    private void makeVisible(StagedObject staged) {
        HeadObjectResponse before = isConditional(staged) ? null : verifier.find(staged.bucket(), staged.key());
        if (before != null) {
            recognise(before, staged, exists(staged.bucket(), staged.key(), null));
        } else {
            try {
                send(staged);
            } catch (StoreException e) {
                lookAgain(staged, e);
            }
        }
        ledger.ended(staged.bucket(), staged.key(), staged.uploadId());
    }

    public Optional<ObjectInfo> committed(StagedObject staged) {
        HeadObjectResponse found = verifier.find(staged.bucket(), staged.key());
        try {
            recognise(found, staged, exists(staged.bucket(), staged.key(), null));
            return Optional.of(ObjectInfos.of(staged.key(), found));
        } catch (StoreException e) {
            if (e.kind() == Kind.EXISTS) {
                return Optional.empty(); // it is another one, or there is none
            }
            throw e;
        }
    }

    /** Whether the store itself refuses to complete an upload over another object. */
    private boolean isConditional(StagedObject staged) {
        return access.isAws() || lease.habits().completions().in(staged.bucket()) == Seen.KEPT;
    }

    private void send(StagedObject staged) {
        if (isConditional(staged)) {
            complete(lease, staged, true);
        } else {
            lease.habits().completions().send(staged.bucket(), conditional -> complete(lease, staged, conditional));
            new CompletionProbe(lease, ledger, access).make(staged);
        }
    }

    /** @param conditional whether no object may be there */
    static void complete(ClientLease lease, StagedObject staged, boolean conditional) {
        var parts = new CompletedPart[staged.parts().size()];
        for (int index = 0; index < parts.length; index++) {
            parts[index] = new SentPart(staged.parts().get(index), staged.checksum(index + 1)).completed(index + 1);
        }
        lease.ask(
                S3Operation.COMPLETE_UPLOAD,
                staged.bucket(),
                staged.key(),
                client -> client.completeMultipartUpload(completion -> completion
                        .bucket(staged.bucket())
                        .key(staged.key())
                        .uploadId(staged.uploadId())
                        .ifNoneMatch(conditional ? "*" : null)
                        .multipartUpload(upload -> upload.parts(parts))));
    }

    /**
     * Finds out what has become of an upload whose completion has failed: answers get lost, and stores have many words
     * for an upload that is over. Ceph calls one that is gone a completion under way, and itself failing.
     *
     * @throws StoreException NO_SUCH_UPLOAD where it is gone and has left nothing; else the failure
     */
    private void lookAgain(StagedObject staged, StoreException failure) {
        if (failure.kind() == Kind.DENIED || failure.kind() == Kind.BAD_CREDENTIALS) {
            throw failure;
        }
        HeadObjectResponse found;
        boolean gone;
        try {
            found = verifier.find(staged.bucket(), staged.key());
            gone = found == null && failure.kind() != Kind.NO_SUCH_UPLOAD && !isPending(staged, true);
        } catch (StoreException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        if (gone) {
            throw new StoreException(
                    Kind.NO_SUCH_UPLOAD,
                    StoreErrors.place(staged.bucket(), staged.key())
                            + ": the upload is gone: aborted by somebody else, or by a lifecycle rule of the bucket",
                    failure);
        }
        recognise(found, staged, failure);
    }

    /**
     * Looks whether an object is what this upload has become. Its mark tells. One without any was begun before there were
     * marks, or by a store that keeps no metadata of uploads: then the content tells, and that the upload is over.
     *
     * @throws StoreException the refusal, if it is not
     */
    private void recognise(HeadObjectResponse found, StagedObject staged, StoreException refusal) {
        if (found == null || !Long.valueOf(staged.size()).equals(found.contentLength())) {
            throw refusal;
        }
        String mark = found.metadata().get(MARK);
        boolean ours = mark != null
                ? mark.equals(staged.mark())
                : !Etags.contradicts(found.eTag(), staged.etag(), found.serverSideEncryptionAsString())
                        && !isPending(staged, false);
        if (!ours) {
            throw refusal;
        }
    }

    /**
     * Whether its parts are still kept as parts. Some stores answer for an upload that is over, without any.
     *
     * @param unseen the answer where looking is not allowed
     */
    private boolean isPending(StagedObject staged, boolean unseen) {
        try {
            return lease.ask(S3Operation.LIST_PARTS, staged.bucket(), staged.key(), client -> client.listParts(
                            request -> request.bucket(staged.bucket())
                                    .key(staged.key())
                                    .uploadId(staged.uploadId())
                                    .maxParts(1))
                    .hasParts());
        } catch (StoreException e) {
            if (e.kind() == Kind.NO_SUCH_UPLOAD || e.kind() == Kind.DENIED) {
                return e.kind() == Kind.DENIED && unseen;
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
