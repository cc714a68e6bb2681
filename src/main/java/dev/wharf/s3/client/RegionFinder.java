package dev.wharf.s3.client;

import dev.wharf.store.StoreAccess;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks where a bucket is. S3 tells everybody, whether it lets them in, refuses them or sends them elsewhere (AWS S3,
 * <i>HeadBucket</i>: {@code x-amz-bucket-region}), so that nothing needs to be signed there; other stores may tell only
 * those whom they know.
 */
public record RegionFinder(SdkClientFactory clients) {
    /** Somebody waits for it, and can do without. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public Optional<String> find(StoreAccess access, String bucket) {
        var watch = new AnswerWatch();
        try (StoreClient client = clients.probing(access, access.checksums(), watch)) {
            client.sdk().headBucket(request -> request.bucket(bucket)
                    .overrideConfiguration(configuration -> configuration.apiCallTimeout(PATIENCE)));
        } catch (SdkException | IllegalStateException e) {
            // What a refusal is about is of no interest; its header was seen.
        }
        return Optional.ofNullable(watch.region());
    }
}
