package dev.wharf.s3;

import dev.wharf.s3.StoreException.Kind;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Writes objects that fit into one request, never over another one. */
final class SinglePut {
    /** Of an object by which a store may be asked whether it keeps conditions, as that sends the object twice. */
    private static final int LARGEST_PROBE = 64 << 10;

    private final ClientLease lease;
    private final StoreAccess access;
    private final ObjectPublisher publisher;
    private final ObjectVerifier verifier;

    SinglePut(ClientLease lease, StoreAccess access, ObjectPublisher publisher, ObjectVerifier verifier) {
        this.lease = lease;
        this.access = access;
        this.publisher = publisher;
        this.verifier = verifier;
    }

    ObjectInfo write(String bucket, String key, PartBuffer whole, String contentType) {
        boolean conditional = access.isAws() || lease.conditionalPuts().areKept(bucket);
        if (!conditional) {
            publisher.refuseExisting(bucket, key);
        }
        String mark = UUID.randomUUID().toString();
        var request = request(bucket, key, whole, contentType, mark);
        try {
            send(request, whole);
            if (!conditional
                    && whole.size() <= LARGEST_PROBE
                    && lease.conditionalPuts().areUnknown(bucket)) {
                probe(request, whole);
            }
        } catch (StoreException e) {
            publisher.ownAfterAll(bucket, key, mark, e);
        }
        return verifier.verify(bucket, key, whole.size(), Md5.hex(whole.md5()));
    }

    /** Sends the same again, as a retry after a lost answer would: a store that keeps conditions refuses it. */
    private void probe(PutObjectRequest request, PartBuffer whole) {
        try {
            send(request, whole);
            lease.conditionalPuts().learn(request.bucket(), false);
        } catch (StoreException e) {
            if (e.kind() == Kind.EXISTS) {
                lease.conditionalPuts().learn(request.bucket(), true);
            }
        }
    }

    private void send(PutObjectRequest request, PartBuffer whole) {
        lease.ask(Operation.PUT, request.bucket(), request.key(), client -> client.putObject(request, whole.body()));
    }

    private PutObjectRequest request(String bucket, String key, PartBuffer whole, String contentType, String mark) {
        return PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .ifNoneMatch("*")
                .contentLength(whole.size())
                .contentMD5(Md5.base64(whole.md5()))
                .contentType(contentType)
                .metadata(ObjectPublisher.marked(mark))
                .serverSideEncryption(Encryptions.algorithm(access))
                .ssekmsKeyId(Encryptions.kmsKeyId(access))
                .build();
    }
}
