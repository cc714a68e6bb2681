package dev.wharf.s3.client;

import dev.wharf.network.NetworkPolicy;
import dev.wharf.s3.fault.StsErrors;
import dev.wharf.s3.wire.ParsedAnswers;
import dev.wharf.s3.wire.RequiredElements;
import dev.wharf.store.Credentials;
import dev.wharf.store.Credentials.DefaultChain;
import dev.wharf.store.Credentials.KeyPair;
import dev.wharf.store.Credentials.Role;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Turns {@link Credentials} into what signs requests. What it throws, while it signs, is a {@link StoreException}. */
public record SdkCredentials(StoreSettings settings, NetworkPolicy policy, SdkHttp http) {
    /** Tries of STS that end in silence. */
    private static final int TIMEOUTS_IN_ALL = 2;

    /**
     * @param access whose credentials are meant; its region is where roles are assumed
     * @return to be closed if it can be
     */
    AwsCredentialsProvider of(StoreAccess access) {
        return of(access, access.credentials());
    }

    private AwsCredentialsProvider of(StoreAccess access, Credentials credentials) {
        if (credentials instanceof KeyPair pair) {
            return StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(pair.accessKeyId(), pair.secretAccessKey()));
        }
        if (credentials instanceof Role role) {
            AwsCredentialsProvider by = of(access, role.by());
            var errors = new StsErrors(role, access.region(), policy.stsEndpoint());
            return new RoleSession(role, by, sts(access, by), errors);
        }
        if (credentials instanceof DefaultChain) {
            return new OwnIdentity();
        }
        return AnonymousCredentialsProvider.create();
    }

    private StsClient sts(StoreAccess access, AwsCredentialsProvider by) {
        var builder = StsClient.builder()
                .region(Region.of(access.region()))
                .credentialsProvider(by)
                .httpClientBuilder(http.sts(access, policy.stsEndpoint() != null))
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(SdkRetries.of(settings))
                        .addExecutionInterceptor(new RequiredElements())
                        .addExecutionInterceptor(new ParsedAnswers(settings.attemptTimeout()))
                        .apiCallAttemptTimeout(settings.attemptTimeout())
                        .apiCallTimeout(settings.attemptTimeout().multipliedBy(TIMEOUTS_IN_ALL))
                        .applyMutation(SdkCredentials::withoutProfile));
        if (policy.stsEndpoint() != null) {
            builder.endpointOverride(policy.stsEndpoint());
        }
        return builder.build();
    }

    private static void withoutProfile(ClientOverrideConfiguration.Builder configuration) {
        configuration.defaultProfileFile(ProfileFile.aggregator().build());
    }
}
