package dev.wharf.s3.probe;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.Encryptions;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.wire.Md5;
import dev.wharf.s3.wire.ObjectInfos;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** An object that a probe puts into a bucket for a moment. Its key is new, so that nobody's object is touched. */
public final class Canary {
    static final byte[] CONTENT =
            "Written to try whether this is allowed. It can be deleted.\n".getBytes(StandardCharsets.UTF_8);

    private static final String NAME = ".wharf-connection-test-";
    private static final String MD5 = Md5.base64(Md5.digest().digest(CONTENT));

    private final ClientLease lease;
    private final StoreAccess access;
    private final String bucket;
    private final String key;
    private final List<String> versions = new ArrayList<>();
    private boolean mayExist;

    Canary(ClientLease lease, StoreAccess access, String bucket, String prefix) {
        this.lease = lease;
        this.access = access;
        this.bucket = bucket;
        key = prefix + NAME + UUID.randomUUID();
    }

    /** Whether an object of this key was put by a test of a connection. */
    public static boolean isName(String key) {
        return key.startsWith(NAME, key.lastIndexOf('/') + 1);
    }

    String bucket() {
        return bucket;
    }

    String key() {
        return key;
    }

    ObjectInfo written() {
        return ObjectInfos.listed(key, CONTENT.length, null, null, null, null);
    }

    /** Writes it as the service writes its objects, never over another one. */
    PutObjectResponse putNew() {
        return put(lease, request -> request.ifNoneMatch("*").contentMD5(MD5));
    }

    /**
     * Writes it through another client, which adds what it adds to every object.
     *
     * @param other of the same access
     */
    PutObjectResponse putBy(ClientLease other) {
        return put(other, request -> {});
    }

    private PutObjectResponse put(ClientLease by, Consumer<PutObjectRequest.Builder> more) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType("text/plain")
                .serverSideEncryption(Encryptions.algorithm(access))
                .ssekmsKeyId(Encryptions.kmsKeyId(access))
                .applyMutation(more)
                .build();
        try {
            PutObjectResponse answer = by.ask(
                    S3Operation.PUT, bucket, key, client -> client.putObject(request, RequestBody.fromBytes(CONTENT)));
            isVersion(answer.versionId());
            return answer;
        } catch (StoreException e) {
            // Of what was not plainly refused nobody knows whether it has arrived.
            mayExist |= e.kind() != Kind.DENIED && e.kind() != Kind.NO_SUCH_BUCKET;
            throw e;
        }
    }

    /** An upload of this key was completed, and is this version; null where the bucket has none. */
    void isVersion(String versionId) {
        mayExist = true;
        if (versionId != null) {
            versions.add(versionId);
        }
    }

    /** Whether something was sent that may have become an object. */
    boolean mayExist() {
        return mayExist;
    }

    /**
     * Tries whether it could be removed before it is there: S3 says the same of keys that do not exist.
     *
     * @throws StoreException DENIED
     */
    void tryRemoval() {
        try {
            DeleteObjectResponse answer = delete(null);
            // In a bucket with versions this has made a marker, which is as much a leftover as an object.
            if (Boolean.TRUE.equals(answer.deleteMarker()) && answer.versionId() != null) {
                deleteQuietly(answer.versionId());
            }
        } catch (StoreException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /**
     * Removes it with all its versions.
     *
     * @return whether versions stay in the bucket's history because only {@code s3:DeleteObjectVersion} removes those
     */
    boolean remove() {
        boolean all = true;
        for (String version : versions) {
            all &= deleteQuietly(version);
        }
        if (versions.isEmpty() || !all) {
            try {
                delete(null);
            } catch (StoreException e) {
                if (e.kind() != Kind.NOT_FOUND) {
                    throw e;
                }
            }
        }
        mayExist = false;
        return !all;
    }

    private boolean deleteQuietly(String version) {
        try {
            delete(version);
            return true;
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            return false;
        }
    }

    private DeleteObjectResponse delete(String version) {
        return lease.ask(
                S3Operation.DELETE,
                bucket,
                key,
                client -> client.deleteObject(
                        request -> request.bucket(bucket).key(key).versionId(version)));
    }
}
