package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.Encryptions;
import dev.wharf.s3.client.LearnedChecksums;
import dev.wharf.s3.client.LearnedChecksums.Seen;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.store.UploadLedger;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;

/** Begins multipart uploads. */
public record UploadStart(ClientLease lease, UploadLedger ledger, StoreAccess access) {

    /**
     * One whose parts carry no checksums.
     *
     * @throws StoreException REFUSED also where the store does not apply the connection's encryption, while nothing is
     *     visible yet
     */
    public MultipartUpload plain(String bucket, String key, String contentType) {
        return begin(bucket, key, contentType, false, UUID.randomUUID().toString());
    }

    /** One of an object that is to be known by a mark which another one has as well. */
    MultipartUpload marked(String mark, String bucket, String key, String contentType) {
        return begin(bucket, key, contentType, false, mark);
    }

    /**
     * One whose parts carry checksums, if the store knows them; the first in a bucket finds out whether it looks at them.
     *
     * @throws StoreException as {@link #plain}
     */
    public MultipartUpload checksummed(String bucket, String key, String contentType) {
        LearnedChecksums learned = lease.habits().checksums();
        if (!learned.areWorthwhile(bucket)) {
            return plain(bucket, key, contentType);
        }
        MultipartUpload upload;
        try {
            upload = begin(bucket, key, contentType, true, UUID.randomUUID().toString());
        } catch (StoreException e) {
            if (!LearnedChecksums.mayBeMeant(e)) {
                throw e;
            }
            upload = plain(bucket, key, contentType);
            learned.doubt(bucket, Seen.REFUSED);
            return upload;
        }
        upload.tryChecksums();
        return upload;
    }

    private MultipartUpload begin(String bucket, String key, String contentType, boolean checksummed, String mark) {
        long entry = ledger.begin(access.connectionId(), bucket, key);
        var tries = new Tries();
        CreateMultipartUploadResponse answer;
        try {
            answer = lease.ask(
                    S3Operation.BEGIN_UPLOAD,
                    bucket,
                    key,
                    client -> client.createMultipartUpload(request -> request.bucket(bucket)
                            .key(key)
                            .overrideConfiguration(tries::watch)
                            .contentType(contentType)
                            .metadata(ObjectPublisher.marked(mark))
                            .checksumAlgorithm(checksummed ? ChecksumAlgorithm.CRC32_C : null)
                            .checksumType(checksummed ? ChecksumType.FULL_OBJECT : null)
                            .serverSideEncryption(Encryptions.algorithm(access))
                            .ssekmsKeyId(Encryptions.kmsKeyId(access))));
        } catch (StoreException e) {
            // After a lost answer there may be an upload whose id nobody knows: its entry stays for the reaper.
            if (e.kind() != Kind.UNAVAILABLE && e.kind() != Kind.BROKEN) {
                ledger.ended(entry);
            }
            throw e;
        }
        if (answer.uploadId() == null) {
            throw new StoreException(
                    Kind.BROKEN,
                    StoreErrors.place(bucket, key) + ": the store began an upload and gave it no UploadId");
        }
        boolean keeps = checksummed && answer.checksumAlgorithm() == ChecksumAlgorithm.CRC32_C;
        if (checksummed && !keeps) {
            lease.habits().checksums().doubt(bucket, Seen.UNKEPT);
        }
        String encryption = answer.serverSideEncryptionAsString();
        var upload = new MultipartUpload(lease, ledger, bucket, key, answer.uploadId(), mark, encryption, keeps);
        try {
            if (tries.anyLost()) {
                ledger.begin(access.connectionId(), bucket, key); // what else the store may have begun, for the reaper
            }
            ledger.begun(entry, answer.uploadId());
            Encryptions.requireApplied(access, bucket, key, encryption);
        } catch (RuntimeException e) {
            upload.abandon(e);
            throw e;
        }
        return upload;
    }
}
