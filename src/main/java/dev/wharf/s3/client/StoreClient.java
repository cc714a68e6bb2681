package dev.wharf.s3.client;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's client for an access, with what its use has taught about the store.
 *
 * @param credentials with which it signs
 * @param prompt for requests that any store answers quickly: how long is waited for them
 * @param limit of requests that run side by side to be faster
 * @param bodies of objects that are on their way
 * @param habits what is known of the store by now
 */
public record StoreClient(
        S3Client sdk,
        AwsCredentialsProvider credentials,
        AwsRequestOverrideConfiguration prompt,
        AdaptiveLimit limit,
        OpenBodies bodies,
        StoreHabits habits)
        implements AutoCloseable {

    StoreClient(
            S3Client sdk,
            AwsCredentialsProvider credentials,
            AwsRequestOverrideConfiguration prompt,
            AdaptiveLimit limit,
            OpenBodies bodies) {
        this(sdk, credentials, prompt, limit, bodies, new StoreHabits());
    }

    @Override
    public void close() {
        sdk.close();
        if (credentials instanceof SdkAutoCloseable session) {
            session.close();
        }
    }
}
