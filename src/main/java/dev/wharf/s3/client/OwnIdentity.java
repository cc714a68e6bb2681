package dev.wharf.s3.client;

import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Signs as this process itself, with what the SDK's default chain finds. */
final class OwnIdentity implements AwsCredentialsProvider, SdkAutoCloseable {
    private final DefaultCredentialsProvider chain =
            DefaultCredentialsProvider.builder().build();

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return chain.resolveCredentials();
        } catch (SdkException e) {
            throw new StoreException(
                    Kind.BAD_CREDENTIALS,
                    "This service has no identity of its own: neither the environment (AWS_ACCESS_KEY_ID), a profile, a web"
                            + " identity, the container nor the instance has credentials for it; an operator gives it some, or"
                            + " a key pair is named",
                    e);
        }
    }

    @Override
    public void close() {
        chain.close();
    }
}
