package dev.wharf.s3.probe;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.LearnedChecksums.Seen;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.write.MultipartUpload;
import dev.wharf.s3.write.PartBuffer;
import dev.wharf.s3.write.SentPart;
import dev.wharf.s3.write.UploadStart;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Encryption;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.store.UploadLedger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.EncodingType;

/** Tries uploads in parts under the canary's key: one that is aborted and, under a KMS key, one that is completed. */
final class UploadProbe {
    private final ClientLease lease;
    private final UploadLedger ledger;
    private final StoreAccess access;
    private final ProbeLog log;
    private final Canary canary;
    private boolean aborted;

    UploadProbe(ClientLease lease, UploadLedger ledger, StoreAccess access, ProbeLog log, Canary canary) {
        this.lease = lease;
        this.ledger = ledger;
        this.access = access;
        this.log = log;
        this.canary = canary;
    }

    /**
     * Begins no upload that could not be ended.
     *
     * @param removable whether a completed upload could be removed
     */
    void run(boolean removable) {
        if (!removable && !log.isOver() && !isAbortable()) {
            log.skip(
                    ProbeStep.BEGIN_UPLOAD,
                    canary.key(),
                    "not tried, as the upload could be neither aborted nor, once completed, removed again");
            return;
        }
        Optional<MultipartUpload> begun = log.attempt(
                ProbeStep.BEGIN_UPLOAD, canary.key(), this::begin, upload -> "An upload in parts was begun");
        try {
            tryChecksums(begun);
            listParts(begun);
            listUploads();
        } finally {
            begun.ifPresent(upload -> Uninterrupted.run(() -> abort(upload, removable)));
        }
        if (access.encryption() == Encryption.KMS && !aborted) {
            log.skip(ProbeStep.ENCRYPTED_UPLOAD, canary.key(), "not tried, as no upload could be begun and aborted");
        } else if (access.encryption() == Encryption.KMS) {
            log.attempt(
                    ProbeStep.ENCRYPTED_UPLOAD,
                    canary.key(),
                    () -> encrypted(removable),
                    completed -> completed
                            ? "An upload in parts was completed with the KMS key"
                            : "A part was sent with the KMS key; the upload was not completed, as the object could not be"
                                    + " removed again");
        }
    }

    /** The upload has begun with a wrong checksum; a right one tells the rest. */
    private void tryChecksums(Optional<MultipartUpload> begun) {
        if (begun.isEmpty()) {
            log.skip(ProbeStep.PART_CHECKSUMS, canary.key(), "not tried, as no upload could be begun");
            return;
        }
        log.attempt(
                ProbeStep.PART_CHECKSUMS,
                canary.key(),
                () -> {
                    send(begun.get());
                    return lease.habits().checksums().in(canary.bucket());
                },
                UploadProbe::words);
    }

    private static String words(Seen seen) {
        return switch (seen) {
            case CHECKED -> "CRC-32C is checked and kept: uploads go with it, and need no MD5";
            case UNCHECKED -> "CRC-32C is taken without a look: uploads go with their MD5";
            case UNKEPT -> "CRC-32C is not kept: uploads go with their MD5";
            case REFUSED -> "CRC-32C is refused: uploads go with their MD5";
            case UNKNOWN -> "Whether CRC-32C is checked was not found out: uploads go with their MD5 until it is";
        };
    }

    private void listParts(Optional<MultipartUpload> begun) {
        if (begun.isEmpty()) {
            log.skip(ProbeStep.LIST_PARTS, canary.key(), "not tried, as no upload could be begun");
            return;
        }
        log.attempt(
                ProbeStep.LIST_PARTS,
                canary.key(),
                () -> lease.ask(
                        S3Operation.LIST_PARTS,
                        canary.bucket(),
                        canary.key(),
                        client -> client.listParts(request -> request.bucket(canary.bucket())
                                .key(canary.key())
                                .uploadId(begun.get().id())
                                .maxParts(1))),
                parts -> "The parts of an upload can be listed",
                "; without it the service cannot see, after a lost answer, whether an upload has ended");
    }

    private void listUploads() {
        log.attempt(
                ProbeStep.LIST_UPLOADS,
                null,
                () -> lease.ask(
                        S3Operation.LIST_UPLOADS,
                        canary.bucket(),
                        null,
                        client -> client.listMultipartUploads(request -> request.bucket(canary.bucket())
                                .prefix(canary.key())
                                .maxUploads(1)
                                .encodingType(EncodingType.URL))),
                uploads -> "The uploads of the bucket can be listed",
                "; without it uploads whose id was lost stay in the bucket and cost storage: give it a lifecycle rule for"
                        + " incomplete uploads");
    }

    /** S3 says the same of uploads that do not exist. */
    private boolean isAbortable() {
        try {
            MultipartUpload.begun(lease, new NoLedger(), canary.bucket(), canary.key(), "none")
                    .abort();
        } catch (StoreException e) {
            if (e.kind() == Kind.DENIED || e.kind() == Kind.UNAVAILABLE) {
                log.failed(ProbeStep.ABORT_UPLOAD, canary.key(), e, "");
                return false;
            }
            // Some find fault with the id first, which says nothing of leave to abort.
        }
        return true;
    }

    private MultipartUpload begin() {
        try {
            return new UploadStart(lease, ledger, access).checksummed(canary.bucket(), canary.key(), null);
        } catch (StoreException e) {
            if (e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.BROKEN) {
                Uninterrupted.run(() -> abortUnknown(e));
            }
            throw e;
        }
    }

    /** The answer was lost, and with it the id of what may have been begun. */
    private void abortUnknown(StoreException failure) {
        try {
            MultipartUpload.abortAll(lease, ledger, canary.bucket(), canary.key());
        } catch (StoreException e) {
            failure.addSuppressed(e);
        }
    }

    private void abort(MultipartUpload upload, boolean removable) {
        try {
            upload.abort();
            aborted = true;
            log.allowed(ProbeStep.ABORT_UPLOAD, canary.key(), "The upload was aborted");
        } catch (StoreException e) {
            log.failed(ProbeStep.ABORT_UPLOAD, canary.key(), e, "; " + endOtherwise(upload, removable));
        }
    }

    /** What cannot be aborted can still be completed, and then removed like any object. */
    private String endOtherwise(MultipartUpload upload, boolean removable) {
        if (removable) {
            try {
                complete(upload, send(upload));
                return "the upload was completed and removed instead; uploads that fail would stay in the bucket and cost"
                        + " storage";
            } catch (StoreException e) {
                // said below
            }
        }
        return "an incomplete upload of " + StoreErrors.place(canary.bucket(), canary.key())
                + " may be left behind: abort it, or give the bucket a lifecycle rule for incomplete uploads";
    }

    private boolean encrypted(boolean removable) {
        MultipartUpload upload = begin();
        try {
            SentPart part = send(upload);
            if (removable) {
                complete(upload, part);
                return true;
            }
        } catch (StoreException e) {
            Uninterrupted.run(() -> upload.abandon(e));
            throw e;
        }
        upload.abort();
        return false;
    }

    private SentPart send(MultipartUpload upload) {
        try (var part = new PartBuffer(Canary.CONTENT.length)) {
            part.fill(new ByteArrayInputStream(Canary.CONTENT));
            return upload.send(1, part);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    private void complete(MultipartUpload upload, SentPart part) {
        canary.isVersion(null);
        var answer = lease.ask(
                S3Operation.COMPLETE_UPLOAD,
                canary.bucket(),
                canary.key(),
                client -> client.completeMultipartUpload(request -> request.bucket(canary.bucket())
                        .key(canary.key())
                        .uploadId(upload.id())
                        .multipartUpload(parts -> parts.parts(part.completed(1)))));
        canary.isVersion(answer.versionId());
        ledger.ended(canary.bucket(), canary.key(), upload.id());
    }
}
