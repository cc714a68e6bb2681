package dev.wharf.s3.client;

import dev.wharf.network.NetworkPolicy;
import dev.wharf.s3.http.HttpSettings;
import dev.wharf.s3.wire.ListingInterceptor;
import dev.wharf.s3.wire.OptionalHeaders;
import dev.wharf.s3.wire.ParsedAnswers;
import dev.wharf.s3.wire.RequiredElements;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Checksums;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes a client that knows what its access says and nothing else: no environment, no profile, no instance metadata, unless
 * its credentials are those of this process.
 */
public final class SdkClientFactory implements Function<StoreAccess, StoreClient> {
    /** Tries that end in silence, so that nobody waits for all {@link StoreSettings#attempts} of them. */
    private static final int TIMEOUTS_IN_ALL = 3;

    private final StoreSettings settings;
    private final NetworkPolicy policy;
    private final SdkHttp http;
    private final SdkCredentials credentials;

    public SdkClientFactory(StoreSettings settings, NetworkPolicy policy) {
        this.settings = settings;
        this.policy = policy;
        http = new SdkHttp(settings, policy);
        credentials = new SdkCredentials(settings, policy, http);
    }

    @Override
    public StoreClient apply(StoreAccess access) {
        // The first request of each walk needs no leave; what is left of the connections is for everything else.
        var limit = new AdaptiveLimit(settings.maxConnections() / 2, System::nanoTime);
        return client(
                access,
                access.connectionId() == null ? http.open(access) : http.guarded(access),
                limit,
                TIMEOUTS_IN_ALL,
                RequestChecksumCalculation.WHEN_REQUIRED,
                configuration -> configuration.addExecutionInterceptor(new LoadSensor(limit)));
    }

    /**
     * A client for somebody who wants to know what is wrong: no request takes longer than one attempt may.
     *
     * @param sent which objects it writes with a checksum of the SDK's
     * @param watch sees every answer
     */
    public StoreClient probing(StoreAccess access, Checksums sent, ExecutionInterceptor watch) {
        var calculation = RequestChecksumCalculation.valueOf(sent.name());
        return client(
                access,
                http.guarded(access),
                new AdaptiveLimit(1, System::nanoTime),
                1,
                calculation,
                configuration ->
                        configuration.apiCallTimeout(settings.attemptTimeout()).addExecutionInterceptor(watch));
    }

    private StoreClient client(
            StoreAccess access,
            HttpSettings connections,
            AdaptiveLimit limit,
            int timeouts,
            RequestChecksumCalculation sent,
            Consumer<ClientOverrideConfiguration.Builder> more) {
        AwsCredentialsProvider signing = credentials.of(access);
        return new StoreClient(
                sdk(access, signing, connections, sent, more),
                signing,
                prompt(timeouts),
                limit,
                new OpenBodies(settings.maxConnections()));
    }

    private AwsRequestOverrideConfiguration prompt(int timeouts) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(settings.attemptTimeout())
                .apiCallTimeout(settings.attemptTimeout().multipliedBy(timeouts))
                .build();
    }

    private S3Client sdk(
            StoreAccess access,
            AwsCredentialsProvider signing,
            HttpSettings connections,
            RequestChecksumCalculation sent,
            Consumer<ClientOverrideConfiguration.Builder> more) {
        var builder = S3Client.builder()
                .region(Region.of(access.region()))
                .forcePathStyle(access.pathStyle())
                .credentialsProvider(signing)
                .crossRegionAccessEnabled(policy.acrossRegions())
                .putAuthScheme(new UnsignedBodies())
                // What we send carries a Content-MD5 or a CRC-32C of ours. The SDK's own checksum on top makes
                // multipart uploads fail when
                // they are completed (aws/aws-sdk-java-v2#6518), and many stores refuse it.
                .requestChecksumCalculation(sent)
                .responseChecksumValidation(
                        ResponseChecksumValidation.valueOf(access.checksums().name()))
                .httpClientBuilder(connections)
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(SdkRetries.of(settings))
                        .addExecutionInterceptor(new RequiredElements())
                        .addExecutionInterceptor(new OptionalHeaders())
                        .addExecutionInterceptor(new ParsedAnswers(settings.attemptTimeout()))
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
}
