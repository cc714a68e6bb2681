package dev.wharf.s3.probe;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.Encryptions;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;

/**
 * Tries what writing takes, with an object and uploads of its own. What could not be removed again is not put: then an
 * upload that is begun and aborted has to tell whether writing is allowed.
 */
final class WriteProbe {
    private final ClientLease lease;
    private final StoreAccess access;
    private final ProbeLog log;
    private final Canary canary;
    private final UploadProbe uploads;
    private final ChecksumProbe checksums;
    private Boolean conditionalWrites;

    WriteProbe(
            ClientLease lease,
            StoreAccess access,
            ProbeLog log,
            Canary canary,
            UploadProbe uploads,
            ChecksumProbe checksums) {
        this.lease = lease;
        this.access = access;
        this.log = log;
        this.canary = canary;
        this.uploads = uploads;
        this.checksums = checksums;
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
                checksums.run(canary);
            }
            uploads.run(removable);
        } finally {
            Uninterrupted.run(() -> remove(removable));
        }
    }

    /** Null where it was not found out. */
    Boolean conditionalWrites() {
        return conditionalWrites;
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
            if (StoreErrors.isNotImplemented(e)) {
                // Perhaps only the condition is; the service then writes without it.
                applied = canary.putBy(lease).serverSideEncryptionAsString();
            } else if (e.kind() != Kind.EXISTS) {
                throw e;
            }
            // Nobody else knows the key: an earlier try has arrived, and its answer was lost.
        }
        String asked = Encryptions.algorithm(access);
        if (asked == null) {
            return "An object was written";
        }
        if (!asked.equals(applied)) {
            Encryptions.requireApplied(access, canary.bucket(), canary.key(), encryption());
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
        if (log.skips(ProbeStep.CONDITIONAL_PUT, canary.key())) {
            return;
        }
        try {
            canary.putNew();
            notConditional("ignores");
        } catch (StoreException e) {
            if (StoreErrors.isNotImplemented(e)) {
                notConditional("refuses");
                return;
            }
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

    private void notConditional(String does) {
        conditionalWrites = false;
        log.wrong(
                ProbeStep.CONDITIONAL_PUT,
                canary.key(),
                "The store " + does
                        + " If-None-Match: the service looks before each write, but of two that write the same"
                        + " key in the same instant one overwrites the other. Give each writer a folder of its own");
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
