package dev.wharf.s3.client;

import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.ListingInterceptor;
import dev.wharf.s3.wire.ListingPage;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** Keeps a client open for one piece of work, and speaks to it. What goes wrong is classified here and only here. */
public final class ClientLease implements AutoCloseable {
    private final StoreAccess access;
    private final StoreClient client;
    private final StoreErrors errors;
    private final Runnable release;
    private final AtomicBoolean open = new AtomicBoolean(true);

    public ClientLease(StoreAccess access, StoreClient client, Runnable release) {
        this.access = access;
        this.client = client;
        errors = new StoreErrors(access);
        this.release = release;
    }

    /**
     * Asks the store for something.
     *
     * @param bucket for messages; null where none is meant
     * @param key for messages; null where none is meant
     * @throws StoreException whatever the SDK throws
     */
    public <T> T ask(S3Operation operation, String bucket, String key, Function<S3Client, T> request) {
        try {
            return request.apply(client.sdk());
        } catch (SdkException | IllegalStateException e) {
            throw errors.of(e, operation, bucket, key);
        }
    }

    /**
     * Finds what requests are signed with.
     *
     * @throws StoreException if there is nothing
     */
    public AwsCredentials signIn() {
        return client.credentials().resolveCredentials();
    }

    /** Of all who use this client. */
    public OpenBodies bodies() {
        return client.bodies();
    }

    public HeadObjectResponse head(String bucket, String key) {
        return head(bucket, key, null);
    }

    /** @param checksums whether the answer is to tell them, which under a KMS key takes leave to decrypt; null for not */
    public HeadObjectResponse head(String bucket, String key, ChecksumMode checksums) {
        return ask(
                S3Operation.HEAD,
                bucket,
                key,
                sdk -> sdk.headObject(request -> request.bucket(bucket)
                        .key(key)
                        .checksumMode(checksums)
                        .overrideConfiguration(client.prompt())));
    }

    public ListBucketsResponse buckets() {
        return ask(
                S3Operation.LIST_BUCKETS,
                null,
                null,
                sdk -> sdk.listBuckets(request -> request.overrideConfiguration(client.prompt())));
    }

    /** One page of a listing, read by {@link ListingInterceptor}. */
    public ListingPage list(String bucket, String prefix, Consumer<ListObjectsV2Request.Builder> request) {
        var slot = new ListingInterceptor.Slot();
        var configuration = client.prompt().toBuilder()
                .putExecutionAttribute(ListingInterceptor.SLOT, slot)
                .build();
        ask(
                S3Operation.LIST,
                bucket,
                prefix.isEmpty() ? null : prefix,
                sdk -> sdk.listObjectsV2(request.andThen(builder -> builder.overrideConfiguration(configuration))));
        return slot.page();
    }

    public boolean isAws() {
        return access.isAws();
    }

    /** How much may be asked at one time. */
    public AdaptiveLimit limit() {
        return client.limit();
    }

    /** What is known of the store; add what turns out. */
    public StoreHabits habits() {
        return client.habits();
    }

    /** Names of buckets that cannot be listed in several places at one time; add what turns out to be one. */
    public Set<String> sequentialBuckets() {
        return client.habits().sequential();
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            release.run();
        }
    }
}
