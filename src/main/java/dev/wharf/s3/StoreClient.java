package dev.wharf.s3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * @param conditionalPuts where they are kept
 * @param sequential buckets whose listing cannot be read in several places at one time
 */
record StoreClient(
        S3Client sdk,
        AwsCredentialsProvider credentials,
        AwsRequestOverrideConfiguration prompt,
        AdaptiveLimit limit,
        OpenBodies bodies,
        ConditionalPuts conditionalPuts,
        Set<String> sequential)
        implements AutoCloseable {

    StoreClient(
            S3Client sdk,
            AwsCredentialsProvider credentials,
            AwsRequestOverrideConfiguration prompt,
            AdaptiveLimit limit,
            OpenBodies bodies) {
        this(sdk, credentials, prompt, limit, bodies, new ConditionalPuts(), ConcurrentHashMap.newKeySet());
    }

    @Override
    public void close() {
        sdk.close();
        if (credentials instanceof SdkAutoCloseable session) {
            session.close();
        }
    }
}
