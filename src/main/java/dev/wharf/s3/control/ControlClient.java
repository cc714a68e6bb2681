package dev.wharf.s3.control;

import dev.wharf.s3.SdkControl;
import dev.wharf.store.Control;
import dev.wharf.store.Place;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;
import software.amazon.awssdk.services.s3.model.RestoreObjectResponse;

/**
 * The client of the component {@code aws2-s3:}. It has no key pair and no connections: each request goes to the store of the
 * place that it carries, through whoever opened that store for the caller. So the fence, the permissions, the record of what
 * was done and the key pair of this moment are those of {@code store:}. What carries no place is refused, and so is every
 * operation that is not here: listings and bytes are {@code store:}'s.
 */
final class ControlClient implements S3Client {
    /** Set only by {@link ControlRequests}. */
    static final ExecutionAttribute<Place> PLACE = new ExecutionAttribute<>("wharf.place");

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        return pass(Control.Kind.DELETE, request, request.bucket(), request.key(), sdk -> sdk.deleteObject(request));
    }

    @Override
    public RestoreObjectResponse restoreObject(RestoreObjectRequest request) {
        return pass(Control.Kind.RESTORE, request, request.bucket(), request.key(), sdk -> sdk.restoreObject(request));
    }

    /** Bucket and key are those of the request that is sent, whatever the place said. */
    private static <T> T pass(
            Control.Kind kind, AwsRequest request, String bucket, String key, Function<S3Client, T> call) {
        Place place = request.overrideConfiguration()
                .map(configuration -> configuration.executionAttributes().getAttribute(PLACE))
                .orElseThrow(() -> new IllegalStateException("aws2-s3: " + kind.label()
                        + ": the request is for no place that was opened for a caller; convert a Place to it"));
        return place.store().control(new SdkControl<>(kind, bucket, key, call));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // The clients that it speaks through are others'.
    }
}
