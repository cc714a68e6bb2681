package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.Encryptions;
import dev.wharf.s3.client.LearnedConditions;
import dev.wharf.s3.client.LearnedConditions.Seen;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.wire.Crc32c;
import dev.wharf.s3.wire.Md5;
import dev.wharf.s3.write.CheckedBodies.Sums;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.store.UploadLedger;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Writes objects that fit into one request, never over another one. */
public final class SinglePut {
    /** Of an object by which a store may be asked whether it keeps conditions, as that sends the object twice. */
    private static final int LARGEST_PROBE = 64 << 10;

    private final ClientLease lease;
    private final StoreAccess access;
    private final UploadLedger ledger;
    private final ObjectPublisher publisher;
    private final ObjectVerifier verifier;

    SinglePut(
            ClientLease lease,
            StoreAccess access,
            UploadLedger ledger,
            ObjectPublisher publisher,
            ObjectVerifier verifier) {
        this.lease = lease;
        this.access = access;
        this.ledger = ledger;
        this.publisher = publisher;
        this.verifier = verifier;
    }

    ObjectInfo write(String bucket, String key, PartBuffer whole, String contentType) {
        requireEncryption(bucket, key);
        LearnedConditions conditions = lease.habits().puts();
        Seen seen = access.isAws() ? Seen.KEPT : conditions.in(bucket);
        if (seen != Seen.KEPT) {
            publisher.refuseExisting(bucket, key);
        }
        boolean checksummed = lease.habits().checksums().areChecked(bucket);
        String mark = UUID.randomUUID().toString();
        var request = request(bucket, key, whole, contentType, mark);
        try {
            if (seen == Seen.KEPT) {
                send(request, whole, checksummed);
            } else {
                conditions.send(
                        bucket,
                        conditional -> send(conditional ? request : unconditional(request), whole, checksummed));
                if (whole.size() <= LARGEST_PROBE && conditions.in(bucket) == Seen.UNKNOWN) {
                    probe(request, whole, checksummed);
                }
            }
        } catch (StoreException e) {
            publisher.ownAfterAll(bucket, key, mark, e);
        }
        return verifier.verify(
                bucket,
                key,
                new Expected(
                        whole.size(),
                        () -> Md5.hex(whole.md5()),
                        checksummed ? List.of(Crc32c.base64(whole.crc32c())) : List.of()));
    }

    /**
     * What a store has left unencrypted could be seen at once, and nothing is ever deleted. So a bucket that was not
     * written to before is asked with an upload, whose answer tells the encryption and which is aborted again.
     */
    private void requireEncryption(String bucket, String key) {
        Set<String> encrypting = lease.habits().encrypting();
        if (Encryptions.algorithm(access) != null && !access.isAws() && !encrypting.contains(bucket)) {
            new UploadStart(lease, ledger, access).plain(bucket, key, null).discard();
            encrypting.add(bucket);
        }
    }

    /** Sends the same again, as a retry after a lost answer would: a store that keeps conditions refuses it. */
    private void probe(PutObjectRequest request, PartBuffer whole, boolean checksummed) {
        try {
            send(request, whole, checksummed);
            lease.habits().puts().learn(request.bucket(), Seen.IGNORED);
        } catch (StoreException e) {
            if (e.kind() == Kind.EXISTS) {
                lease.habits().puts().learn(request.bucket(), Seen.KEPT);
            }
        }
    }

    private void send(PutObjectRequest request, PartBuffer whole, boolean checksummed) {
        new CheckedBodies(lease.habits().checksums(), request.bucket(), false)
                .send(
                        whole,
                        checksummed,
                        sums -> lease.ask(
                                S3Operation.PUT,
                                request.bucket(),
                                request.key(),
                                client -> client.putObject(with(sums, request), whole.body())),
                        PutObjectResponse::checksumCRC32C);
    }

    private static PutObjectRequest with(Sums sums, PutObjectRequest request) {
        return request.toBuilder()
                .contentMD5(sums.contentMd5())
                .checksumCRC32C(sums.crc32c())
                .build();
    }

    private static PutObjectRequest unconditional(PutObjectRequest request) {
        return request.toBuilder().ifNoneMatch(null).build();
    }

    private PutObjectRequest request(String bucket, String key, PartBuffer whole, String contentType, String mark) {
        return PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .ifNoneMatch("*")
                .contentLength(whole.size())
                .contentType(contentType)
                .metadata(ObjectPublisher.marked(mark))
                .serverSideEncryption(Encryptions.algorithm(access))
                .ssekmsKeyId(Encryptions.kmsKeyId(access))
                .build();
    }
}
