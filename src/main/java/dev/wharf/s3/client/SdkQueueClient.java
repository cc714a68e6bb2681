package dev.wharf.s3.client;

import dev.wharf.network.GuardedDns;
import dev.wharf.network.NetworkPolicy;
import dev.wharf.s3.http.HttpSettings;
import dev.wharf.store.QueueUrl;
import dev.wharf.store.StoreAccess;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** A client of one queue's server, which knows what its access says and nothing else, and leads only where it may. */
record SdkQueueClient(SqsClient sqs, AwsCredentialsProvider credentials) implements AutoCloseable {
    /** One that waits for messages, and those that delete some. */
    private static final int CONNECTIONS = 4;

    static SdkQueueClient open(StoreSettings settings, NetworkPolicy policy, StoreAccess access, QueueUrl queue) {
        var http = new SdkHttp(settings, policy);
        AwsCredentialsProvider signing = new SdkCredentials(settings, policy, http).of(access);
        HttpSettings connections = http.open(access).connections(CONNECTIONS);
        if (!queue.isAws()) {
            connections = connections.resolving(new GuardedDns(policy.rules()));
        }
        SqsClient sqs = SqsClient.builder()
                .region(Region.of(queue.region().orElse(access.region())))
                .endpointOverride(queue.server())
                .credentialsProvider(signing)
                .httpClientBuilder(connections)
                .overrideConfiguration(configuration -> configuration
                        .apiCallAttemptTimeout(settings.attemptTimeout())
                        .apiCallTimeout(settings.attemptTimeout().multipliedBy(2))
                        .defaultProfileFile(ProfileFile.aggregator().build()))
                .build();
        return new SdkQueueClient(sqs, signing);
    }

    @Override
    public void close() {
        sqs.close();
        if (credentials instanceof SdkAutoCloseable session) {
            session.close();
        }
    }
}
