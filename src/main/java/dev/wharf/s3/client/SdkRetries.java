package dev.wharf.s3.client;

import dev.wharf.s3.fault.StoreErrors;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** How often, and after which pauses, the SDK tries again by itself. */
final class SdkRetries {
    private static final Duration THROTTLED = Duration.ofSeconds(1);

    private SdkRetries() {}

    static StandardRetryStrategy of(StoreSettings settings) {
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
