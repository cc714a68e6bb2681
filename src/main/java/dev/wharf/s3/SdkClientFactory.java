package dev.wharf.s3;

import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
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
        return new StoreClient(sdk(access, limit), prompt(), limit, new OpenBodies(settings.maxConnections()));
    }

    private AwsRequestOverrideConfiguration prompt() {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(settings.attemptTimeout())
                .apiCallTimeout(settings.attemptTimeout().multipliedBy(TIMEOUTS_IN_ALL))
                .build();
    }

    private S3Client sdk(StoreAccess access, AdaptiveLimit limit) {
        var builder = S3Client.builder()
                .region(Region.of(access.region()))
                .forcePathStyle(access.pathStyle())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(access.accessKeyId(), access.secretAccessKey())))
                .putAuthScheme(new UnsignedBodies())
                // What we send carries a Content-MD5. The SDK's own checksum on top makes multipart uploads fail when
                // they are completed (aws/aws-sdk-java-v2#6518), and many stores refuse it.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        ResponseChecksumValidation.valueOf(access.checksums().name()))
                .httpClientBuilder(http(access))
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(retries())
                        .addExecutionInterceptor(new LegibleXml())
                        .addExecutionInterceptor(new LoadSensor(limit))
                        .addExecutionInterceptor(new ListingInterceptor())
                        .defaultProfileFile(ProfileFile.aggregator().build()));
        if (access.endpoint() != null) {
            builder.endpointOverride(access.endpoint());
        }
        // The SDK keeps what a store says of the time for the whole process: one wrong clock would be every new
        // client's.
        SdkGlobalTime.setGlobalTimeOffset(0);
        return builder.build();
    }

    /** Base storage is the operator's own choice, and leads wherever it leads. */
    private Apache5HttpClient.Builder http(StoreAccess access) {
        var builder = Apache5HttpClient.builder()
                .connectionTimeout(settings.connectTimeout())
                .socketTimeout(settings.socketTimeout())
                .maxConnections(settings.maxConnections());
        return access.connectionId() == null || access.endpoint() == null
                ? builder
                : builder.dnsResolver(new GuardedDns(rules));
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
