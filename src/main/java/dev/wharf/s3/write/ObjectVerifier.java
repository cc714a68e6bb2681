package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.Encryptions;
import dev.wharf.s3.client.LearnedChecksums;
import dev.wharf.s3.client.LearnedChecksums.Seen;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.Etags;
import dev.wharf.s3.wire.ObjectInfos;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.time.Instant;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Looks whether a store holds what it was sent.
 *
 * <p>An object that fails the check is reported and left alone. Nothing tells whether it is ours or whether somebody
 * else has put it there in between, and to delete another's object would be the greater harm.
 */
public final class ObjectVerifier {
    private final ClientLease lease;
    private final StoreAccess access;
    private final StoreSettings settings;

    ObjectVerifier(ClientLease lease, StoreAccess access, StoreSettings settings) {
        this.lease = lease;
        this.access = access;
        this.settings = settings;
    }

    /** Null where there is no such object, or where looking is not allowed. */
    HeadObjectResponse find(String bucket, String key) {
        try {
            return lease.head(bucket, key);
        } catch (StoreException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.DENIED) {
                return null;
            }
            throw e;
        }
    }

    /**
     * What the store says of an object that it has just accepted.
     *
     * @throws StoreException BROKEN where it holds something else, or nothing
     */
    ObjectInfo verify(String bucket, String key, Expected expected) {
        LearnedChecksums learned = lease.habits().checksums();
        boolean checksummed = !expected.crc32c().isEmpty() && learned.areChecked(bucket);
        HeadObjectResponse found;
        try {
            found = headPatiently(bucket, key, checksummed ? ChecksumMode.ENABLED : null);
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            if (checksummed) {
                return verify(bucket, key, expected.byEtag()); // perhaps it is only the checksum that may not be seen
            }
            // A key pair that may only write cannot look: what the store answered to the write has to do.
            String etag = expected.etag().get();
            return new ObjectInfo(
                    key, expected.size(), etag == null ? "" : etag, Instant.now(), "STANDARD", false, null);
        }
        if (found == null) {
            throw broken(bucket, key, "the store said that it has stored the object, and does not have it");
        }
        if (found.contentLength() == null || found.contentLength() != expected.size()) {
            throw broken(
                    bucket, key, "sent " + expected.size() + " bytes, and the store holds " + found.contentLength());
        }
        String told = found.checksumCRC32C();
        if (checksummed && (told == null || !expected.crc32c().contains(told))) {
            learned.doubt(bucket, Seen.UNKEPT);
            if (told != null) {
                throw otherBytes(
                        bucket, key, "CRC-32C " + told, expected.crc32c().get(0));
            }
            checksummed = false;
        }
        if (!checksummed
                && Etags.contradicts(found.eTag(), expected.etag().get(), found.serverSideEncryptionAsString())) {
            throw otherBytes(
                    bucket, key, "ETag " + found.eTag(), expected.etag().get());
        }
        Encryptions.requireApplied(access, bucket, key, found.serverSideEncryptionAsString());
        return ObjectInfos.of(key, found);
    }

    /** Some stores show what they have just accepted a moment later. */
    private HeadObjectResponse headPatiently(String bucket, String key, ChecksumMode checksums) {
        for (int failures = 1; ; failures++) {
            try {
                return lease.head(bucket, key, checksums);
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

    private static StoreException otherBytes(String bucket, String key, String told, String expected) {
        return broken(bucket, key, "the store holds other bytes than it was sent: " + told + " instead of " + expected);
    }

    private static StoreException broken(String bucket, String key, String what) {
        return new StoreException(Kind.BROKEN, StoreErrors.place(bucket, key) + ": " + what);
    }
}
