package dev.wharf.s3;

import dev.wharf.s3.StoreAccess.Checksums;
import dev.wharf.s3.StoreException.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Tries what writing takes, with an object and uploads of its own. What could not be removed again is not put: then an
 * upload that is begun and aborted has to tell whether writing is allowed.
 */
final class WriteProbe {
    private final ClientLease lease;
    private final Supplier<ClientLease> checksummed;
    private final StoreAccess access;
    private final ProbeLog log;
    private final Canary canary;
    private final UploadProbe uploads;
    private Boolean conditionalWrites;
    private Checksums checksums;

    /**
     * @param checksummed a client that sends and asks for checksums wherever the SDK can
     */
    WriteProbe(
            ClientLease lease,
            Supplier<ClientLease> checksummed,
            StoreAccess access,
            ProbeLog log,
            Canary canary,
            UploadProbe uploads) {
        this.lease = lease;
        this.checksummed = checksummed;
        this.access = access;
        this.log = log;
        this.canary = canary;
        this.uploads = uploads;
    }

    /** @param read tries to read the object while it is there */
    void run(Runnable read) {
        boolean removable = log.isOver() || isRemovable();
        try {
            if (!removable) {
                log.skip(
                        ProbeStep.PUT,
                        canary.key(),
                        "not tried, as the object could not be removed again; beginUpload takes the same permission");
            } else if (put()) {
                read.run();
                putAgain();
                putWithChecksums();
            }
            uploads.run(removable);
        } finally {
            Uninterrupted.run(() -> remove(removable));
        }
    }

    /** Null where it was not found out, as is {@link #checksums}. */
    Boolean conditionalWrites() {
        return conditionalWrites;
    }

    Checksums checksums() {
        return checksums;
    }

    private boolean isRemovable() {
        try {
            canary.tryRemoval();
            return true;
        } catch (StoreException e) {
            log.failed(ProbeStep.DELETE, canary.key(), e, "; the service deletes nothing itself, only this test does");
            return false;
        }
    }

    private boolean put() {
        return log.attempt(ProbeStep.PUT, canary.key(), this::putEncrypted, message -> message)
                .isPresent();
    }

    private String putEncrypted() {
        String applied = null;
        try {
            applied = canary.putNew().serverSideEncryptionAsString();
        } catch (StoreException e) {
            if (e.kind() != Kind.EXISTS) {
                throw e;
            }
            // Nobody else knows the key: an earlier try has arrived, and its answer was lost.
        }
        String asked = Encryptions.algorithm(access);
        if (asked == null) {
            return "An object was written";
        }
        if (!asked.equals(applied) && !asked.equals(encryption())) {
            throw new StoreException(
                    Kind.BROKEN,
                    StoreErrors.place(canary.bucket(), canary.key())
                            + ": the store has not applied server-side encryption " + asked
                            + ": choose another one for the connection, or none");
        }
        return "An object was written with server-side encryption " + asked;
    }

    private String encryption() {
        try {
            return lease.head(canary.bucket(), canary.key()).serverSideEncryptionAsString();
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            return null;
        }
    }

    /** A store that keeps conditions refuses the same key a second time. */
    private void putAgain() {
        if (log.isOver()) {
            return;
        }
        try {
            canary.putNew();
            conditionalWrites = false;
            log.wrong(
                    ProbeStep.CONDITIONAL_PUT,
                    canary.key(),
                    "The store ignores If-None-Match: the service looks before each write, but of two that write the same"
                            + " key in the same instant one overwrites the other. Give each writer a folder of its own");
        } catch (StoreException e) {
            conditionalWrites = e.kind() == Kind.EXISTS ? true : null;
            if (e.kind() == Kind.EXISTS) {
                log.allowed(
                        ProbeStep.CONDITIONAL_PUT,
                        canary.key(),
                        "The store keeps If-None-Match: nothing is overwritten");
            } else {
                log.failed(ProbeStep.CONDITIONAL_PUT, canary.key(), e, "");
            }
        }
    }

    private void putWithChecksums() {
        if (log.isOver()) {
            return;
        }
        try (ClientLease other = checksummed.get()) {
            canary.putBy(other);
            checksums = isReadBack(other) ? Checksums.WHEN_SUPPORTED : Checksums.WHEN_REQUIRED;
            if (checksums == Checksums.WHEN_SUPPORTED) {
                log.allowed(ProbeStep.DEFAULT_CHECKSUMS, canary.key(), "The store understands the SDK's checksums");
            } else {
                unsuitable("what was written with them is read back as something else");
            }
        } catch (StoreException e) {
            boolean answered = e.getCause() instanceof SdkServiceException;
            if (e.kind() == Kind.DENIED || e.kind() == Kind.UNAVAILABLE && !answered) {
                log.failed(ProbeStep.DEFAULT_CHECKSUMS, canary.key(), e, "");
            } else {
                unsuitable(e.getMessage());
            }
        }
    }

    private void unsuitable(String why) {
        checksums = Checksums.WHEN_REQUIRED;
        log.wrong(
                ProbeStep.DEFAULT_CHECKSUMS,
                canary.key(),
                "The store does not understand the SDK's checksums: choose params.checksums=WHEN_REQUIRED (" + why
                        + ")");
    }

    /** Some stores keep the framing of a body with checksums as if it were content. */
    private boolean isReadBack(ClientLease other) {
        try {
            return other.ask(Operation.GET, canary.bucket(), canary.key(), client -> {
                try (var in =
                        client.getObject(get -> get.bucket(canary.bucket()).key(canary.key()))) {
                    return Arrays.equals(in.readNBytes(Canary.CONTENT.length + 1), Canary.CONTENT);
                } catch (IOException e) {
                    throw SdkClientException.create("The object broke off", e);
                }
            });
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            return true; // what may not be read says nothing
        }
    }

    private void remove(boolean removable) {
        if (!canary.mayExist()) {
            if (removable && !log.isOver()) {
                log.allowed(ProbeStep.DELETE, canary.key(), "Objects can be removed");
            }
            return;
        }
        try {
            boolean versionsStay = canary.remove();
            log.allowed(
                    ProbeStep.DELETE,
                    canary.key(),
                    versionsStay
                            ? "The object was removed; its versions stay in the bucket's history, as only"
                                    + " s3:DeleteObjectVersion removes those"
                            : "The object was removed");
        } catch (StoreException e) {
            log.failed(
                    ProbeStep.DELETE,
                    canary.key(),
                    e,
                    "; " + StoreErrors.place(canary.bucket(), canary.key()) + " may be left behind: delete it by hand");
        }
    }
}
