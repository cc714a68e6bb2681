package dev.wharf.s3;

import dev.wharf.s3.StoreAccess.Checksums;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes a client that knows what its access says and nothing else: no environment, no profile, no instance metadata. */
final class SdkClientFactory implements Function<StoreAccess, StoreClient> {
    private static final Duration THROTTLED = Duration.ofSeconds(1);
    /** Tries that end in silence, so that nobody waits for all {@link StoreSettings#attempts} of them. */
    private static final int TIMEOUTS_IN_ALL = 3;

    private final StoreSettings settings;
    private final EndpointRules rules;

    SdkClientFactory(StoreSettings settings, EndpointRules rules) {
        this.settings = settings;
        this.rules = rules;
    }

    @Override
    public StoreClient apply(StoreAccess access) {
        // The first request of each walk needs no leave; what is left of the connections is for everything else.
        var limit = new AdaptiveLimit(settings.maxConnections() / 2, System::nanoTime);
        return client(
                limit,
                TIMEOUTS_IN_ALL,
                sdk(
                        access,
                        access.connectionId() == null ? http() : guarded(access),
                        RequestChecksumCalculation.WHEN_REQUIRED,
                        configuration -> configuration.addExecutionInterceptor(new LoadSensor(limit))));
    }

    /**
     * A client for somebody who wants to know what is wrong: no request takes longer than one attempt may.
     *
     * @param sent which objects it writes with a checksum of the SDK's
     * @param watch sees every answer
     */
    StoreClient probing(StoreAccess access, Checksums sent, ExecutionInterceptor watch) {
        var calculation = RequestChecksumCalculation.valueOf(sent.name());
        return client(
                new AdaptiveLimit(1, System::nanoTime),
                1,
                sdk(access, guarded(access), calculation, configuration -> configuration
                        .apiCallTimeout(settings.attemptTimeout())
                        .addExecutionInterceptor(watch)));
    }

    private StoreClient client(AdaptiveLimit limit, int timeouts, S3Client sdk) {
        return new StoreClient(sdk, prompt(timeouts), limit, new OpenBodies(settings.maxConnections()));
    }

    private AwsRequestOverrideConfiguration prompt(int timeouts) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(settings.attemptTimeout())
                .apiCallTimeout(settings.attemptTimeout().multipliedBy(timeouts))
                .build();
    }

    private S3Client sdk(
            StoreAccess access,
            Apache5HttpClient.Builder http,
            RequestChecksumCalculation sent,
            Consumer<ClientOverrideConfiguration.Builder> more) {
        var builder = S3Client.builder()
                .region(Region.of(access.region()))
                .forcePathStyle(access.pathStyle())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(access.accessKeyId(), access.secretAccessKey())))
                .putAuthScheme(new UnsignedBodies())
                // What we send carries a Content-MD5. The SDK's own checksum on top makes multipart uploads fail when
                // they are completed (aws/aws-sdk-java-v2#6518), and many stores refuse it.
                .requestChecksumCalculation(sent)
                .responseChecksumValidation(
                        ResponseChecksumValidation.valueOf(access.checksums().name()))
                .httpClientBuilder(http)
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(retries())
                        .addExecutionInterceptor(new LegibleXml())
                        .addExecutionInterceptor(new ListingInterceptor())
                        .applyMutation(more)
                        .defaultProfileFile(ProfileFile.aggregator().build()));
        if (access.endpoint() != null) {
            builder.endpointOverride(access.endpoint());
        }
        // The SDK keeps what a store says of the time for the whole process: one wrong clock would be every new
        // client's.
        SdkGlobalTime.setGlobalTimeOffset(0);
        return builder.build();
    }

    /** Leads wherever the access says: base storage is the operator's own choice. */
    private Apache5HttpClient.Builder http() {
        return Apache5HttpClient.builder()
                .connectionTimeout(settings.connectTimeout())
                .socketTimeout(settings.socketTimeout())
                .maxConnections(settings.maxConnections());
    }

    /** Leads only where a person may send us. AWS's own names may lead to private addresses in a network of AWS. */
    private Apache5HttpClient.Builder guarded(StoreAccess access) {
        return access.endpoint() == null ? http() : http().dnsResolver(new GuardedDns(rules));
    }

    private StandardRetryStrategy retries() {
        Duration throttled = settings.retryDelay().compareTo(THROTTLED) < 0
                ? settings.retryDelay().multipliedBy(10)
                : settings.retryDelay();
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(settings.attempts())
                .backoffStrategy(BackoffStrategy.exponentialDelay(settings.retryDelay(), StoreSettings.LONGEST_DELAY))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(throttled, StoreSettings.LONGEST_DELAY))
                .retryOnException(StoreErrors::lostToAnother)
                .build();
    }
}
