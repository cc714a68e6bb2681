package dev.wharf.s3;

import dev.wharf.store.Control;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A control operation as the SDK carries it out.
 *
 * @param call made once, with the client of the store that it has come to
 */
public record SdkControl<T>(Kind kind, String bucket, String key, Function<S3Client, T> call) implements Control<T> {}
