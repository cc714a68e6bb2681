package dev.wharf.s3;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Keeps a client open for one piece of work, and speaks to it. What goes wrong is classified here and only here. */
final class ClientLease implements AutoCloseable {
    private final S3Client client;
    private final StoreErrors errors;
    private final OpenBodies bodies;
    private final Runnable release;
    private final AtomicBoolean open = new AtomicBoolean(true);

    ClientLease(S3Client client, StoreErrors errors, OpenBodies bodies, Runnable release) {
        this.client = client;
        this.errors = errors;
        this.bodies = bodies;
        this.release = release;
    }

    /**
     * Asks the store for something.
     *
     * @param bucket for messages; null where none is meant
     * @param key for messages; null where none is meant
     * @throws StoreException whatever the SDK throws
     */
    <T> T ask(Operation operation, String bucket, String key, Function<S3Client, T> request) {
        try {
            return request.apply(client);
        } catch (SdkException | IllegalStateException e) {
            throw errors.of(e, operation, bucket, key);
        }
    }

    /** Of all who use this client. */
    OpenBodies bodies() {
        return bodies;
    }

    HeadObjectResponse head(String bucket, String key) {
        return ask(
                Operation.HEAD,
                bucket,
                key,
                client -> client.headObject(request -> request.bucket(bucket).key(key)));
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            release.run();
        }
    }
}
