package dev.wharf.testing;

import dev.wharf.store.Credentials;
import dev.wharf.store.StoreAccess;
import dev.wharf.testing.stub.StoredObjects;
import dev.wharf.testing.stub.StubS3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A real S3 server in this JVM, on a port of its own and with everything in memory. It checks signatures and honours
 * conditions. It shows no storage classes, tidies paths ({@code a//b}) and has no content in keys that end in a slash:
 * {@link StubS3} does better, and is our own idea of S3.
 */
public final class S3Server implements StoredObjects, AutoCloseable {
    private final BlobStore blobs = BlobStores.create("transient", new Properties());
    private final Set<String> buckets = ConcurrentHashMap.newKeySet();
    private final String accessKeyId = "AK" + UUID.randomUUID().toString().replace("-", "");
    private final String secretAccessKey = UUID.randomUUID().toString();
    private final S3Proxy proxy;

    private S3Server() throws Exception {
        proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKeyId, secretAccessKey)
                .build();
        proxy.start();
    }

    /** A server with these buckets. */
    public static S3Server start(String... buckets) {
        try {
            S3Server server = new S3Server();
            for (String bucket : buckets) {
                server.createBucket(bucket);
            }
            return server;
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server did not start", e);
        }
    }

    public void createBucket(String bucket) {
        blobs.createContainer(bucket);
        buckets.add(bucket);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    public String accessKeyId() {
        return accessKeyId;
    }

    public String secretAccessKey() {
        return secretAccessKey;
    }

    /** The server as base storage sees it. */
    @Override
    public StoreAccess access() {
        return access(endpoint());
    }

    /** The same through something that stands in front of it. */
    public StoreAccess access(URI endpoint) {
        return new StoreAccess(
                null,
                "us-east-1",
                endpoint,
                true,
                StoreAccess.Checksums.WHEN_REQUIRED,
                new Credentials.KeyPair(accessKeyId, secretAccessKey),
                StoreAccess.Encryption.NONE,
                null);
    }

    /** All keys of a bucket, in the store's order, read behind the protocol. */
    @Override
    public List<String> keys(String bucket) {
        return objects(bucket).map(S3Object::key).toList();
    }

    /** Removes all larger objects of all buckets: everything is in memory. */
    public void removeLargerThan(long bytes) {
        for (String bucket : buckets) {
            objects(bucket).filter(object -> object.size() > bytes).forEach(object -> remove(bucket, object.key()));
        }
    }

    private Stream<S3Object> objects(String bucket) {
        return blobs
                .list(ListObjectsV2Request.builder()
                        .bucket(bucket)
                        .maxKeys(Integer.MAX_VALUE)
                        .build())
                .contents()
                .stream();
    }

    /** The keys of uploads that were begun and neither completed nor aborted. */
    @Override
    public List<String> uploads(String bucket) {
        return blobs.listMultipartUploads(bucket).stream()
                .map(upload -> upload.key())
                .toList();
    }

    /** Puts an object there behind the protocol, so that no fault touches it. */
    @Override
    public void put(String bucket, String key, byte[] content) {
        blobs.putBlob(
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentLength((long) content.length)
                        .build(),
                new ByteArrayInputStream(content));
    }

    @Override
    public byte[] get(String bucket, String key) {
        try (var in = blobs.getBlob(bucket, key)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String contentType(String bucket, String key) {
        return blobs.blobMetadata(bucket, key).contentType();
    }

    public void remove(String bucket, String key) {
        blobs.removeBlob(bucket, key);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
            blobs.close();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server did not stop", e);
        }
    }
}
