package dev.wharf.s3.control;

import dev.wharf.store.ObjectRestore;
import dev.wharf.store.Place;
import org.apache.camel.Converter;
import org.apache.camel.TypeConverters;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;

/** Makes the requests of {@code aws2-s3:} from values that a route holds: {@code convertBodyTo} is all that it needs. */
public final class ControlRequests implements TypeConverters {
    @Converter
    public static DeleteObjectRequest delete(Place place) {
        return DeleteObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .overrideConfiguration(at(place))
                .build();
    }

    @Converter
    public static RestoreObjectRequest restore(ObjectRestore restore) {
        return RestoreObjectRequest.builder()
                .bucket(restore.place().bucket())
                .key(restore.place().key())
                .restoreRequest(request -> request.days(restore.days())
                        .glacierJobParameters(job -> job.tier(restore.tier().name())))
                .overrideConfiguration(at(restore.place()))
                .build();
    }

    private static AwsRequestOverrideConfiguration at(Place place) {
        return AwsRequestOverrideConfiguration.builder()
                .putExecutionAttribute(ControlClient.PLACE, place)
                .build();
    }
}
