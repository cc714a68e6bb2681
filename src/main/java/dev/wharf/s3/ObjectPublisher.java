package dev.wharf.s3;

import dev.wharf.s3.StoreException.Kind;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Makes objects visible, never over another one, and looks afterwards whether they are what was sent.
 *
 * <p>{@code If-None-Match: *} decides. Stores other than AWS S3 are asked with HEAD before, as some ignore the header
 * (Ceph on CompleteMultipartUpload): there, two writers at the same instant could still both win.
 *
 * <p>An object that fails the check is reported and left alone. Nothing tells whether it is ours or whether somebody
 * else has put it there in between, and to delete another's object would be the greater harm.
 */
final class ObjectPublisher {
    /** Written with every object that is stored by a single request: by it, a lost answer's object is recognised. */
    private static final String MARK = "wharf-write";

    private final ClientLease lease;
    private final StoreAccess access;
    private final UploadLedger ledger;
    private final StoreSettings settings;

    ObjectPublisher(ClientLease lease, StoreAccess access, UploadLedger ledger, StoreSettings settings) {
        this.lease = lease;
        this.access = access;
        this.ledger = ledger;
        this.settings = settings;
    }

    static Map<String, String> marked(String mark) {
        return Map.of(MARK, mark);
    }

    /** @throws StoreException EXISTS, on stores that may not say so themselves */
    void refuseExisting(String bucket, String key) {
        if (access.endpoint() != null && head(bucket, key) != null) {
            throw exists(bucket, key, null);
        }
    }

    /**
     * Looks whether a refused object is the one that we sent before and whose answer was lost.
     *
     * @throws StoreException the refusal, if it is not
     */
    void ownAfterAll(String bucket, String key, String mark, StoreException refusal) {
        HeadObjectResponse found = refusal.kind() == Kind.EXISTS ? head(bucket, key) : null;
        if (found == null || !mark.equals(found.metadata().get(MARK))) {
            throw refusal;
        }
    }

    ObjectInfo commit(StagedObject staged) {
        String etag = Md5.ofParts(staged.parts());
        HeadObjectResponse before = access.endpoint() == null ? null : head(staged.bucket(), staged.key());
        if (before != null) {
            recognise(before, staged, etag, exists(staged.bucket(), staged.key(), null));
        } else {
            try {
                complete(staged);
            } catch (StoreException e) {
                if (e.kind() != Kind.EXISTS && e.kind() != Kind.NO_SUCH_UPLOAD) {
                    throw e;
                }
                recognise(head(staged.bucket(), staged.key()), staged, etag, e);
            }
        }
        ledger.ended(staged.bucket(), staged.key(), staged.uploadId());
        return verify(staged.bucket(), staged.key(), staged.size(), etag);
    }

    /**
     * What the store says of an object that it has just accepted.
     *
     * @param etag what it must be where it means anything, or null
     * @throws StoreException BROKEN where it holds something else, or nothing
     */
    ObjectInfo verify(String bucket, String key, long size, String etag) {
        HeadObjectResponse found;
        try {
            found = headPatiently(bucket, key);
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            // A key pair that may only write cannot look: what the store answered to the write has to do.
            return new ObjectInfo(key, size, etag == null ? "" : etag, Instant.now(), "STANDARD", false);
        }
        if (found == null) {
            throw broken(bucket, key, "the store said that it has stored the object, and does not have it");
        }
        if (found.contentLength() == null || found.contentLength() != size) {
            throw broken(bucket, key, "sent " + size + " bytes, and the store holds " + found.contentLength());
        }
        if (Etags.contradicts(found.eTag(), etag, found.serverSideEncryptionAsString())) {
            throw broken(
                    bucket,
                    key,
                    "the store holds other bytes than it was sent: ETag " + found.eTag() + " instead of " + etag);
        }
        String asked = Encryptions.algorithm(access);
        if (asked != null && !asked.equals(found.serverSideEncryptionAsString())) {
            throw broken(bucket, key, "the store has not applied server-side encryption " + asked);
        }
        return ObjectInfos.of(key, found);
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

    /** Null where there is no such object, or where looking is not allowed. */
    private HeadObjectResponse head(String bucket, String key) {
        try {
            return lease.head(bucket, key);
        } catch (StoreException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.DENIED) {
                return null;
            }
            throw e;
        }
    }

    /** Some stores show what they have just accepted a moment later. */
    private HeadObjectResponse headPatiently(String bucket, String key) {
        for (int failures = 1; ; failures++) {
            try {
                return lease.head(bucket, key);
            } catch (StoreException e) {
                if (e.kind() != Kind.NOT_FOUND) {
                    throw e;
                }
                if (failures == settings.attempts()) {
                    return null;
                }
            }
            try {
                settings.pause(failures);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }

    private static StoreException exists(String bucket, String key, StoreException cause) {
        return new StoreException(
                Kind.EXISTS,
                StoreErrors.place(bucket, key) + ": an object with this key exists, and nothing is ever overwritten",
                cause);
    }

    private static StoreException broken(String bucket, String key, String what) {
        return new StoreException(Kind.BROKEN, StoreErrors.place(bucket, key) + ": " + what);
    }
}
