package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Faults;
import java.util.function.Predicate;

/** What a request takes the permission for (AWS, <i>Actions, resources, and condition keys for Amazon S3</i>). */
public final class IamActions {
    private IamActions() {}

    /** Requests that are refused to those without this action. */
    public static Predicate<Faults.Request> taking(String action) {
        return request -> of(request).equals(action);
    }

    static String of(Faults.Request request) {
        String path = request.uri().replaceAll("\\?.*", "");
        boolean ofService = path.equals("/");
        boolean ofBucket = !ofService && path.indexOf('/', 1) < 0;
        boolean ofUpload = request.uri().contains("uploadId=");
        return switch (request.method()) {
            case "HEAD" -> ofBucket ? "s3:ListBucket" : "s3:GetObject";
            case "GET" -> {
                if (ofService) {
                    yield "s3:ListAllMyBuckets";
                }
                if (ofBucket) {
                    yield request.uri().contains("list-type=2") ? "s3:ListBucket" : "s3:ListBucketMultipartUploads";
                }
                yield ofUpload ? "s3:ListMultipartUploadParts" : "s3:GetObject";
            }
            case "DELETE" -> ofUpload ? "s3:AbortMultipartUpload" : "s3:DeleteObject";
            case "PUT" -> "s3:PutObject";
            case "POST" -> request.uri().contains("?restore") ? "s3:RestoreObject" : "s3:PutObject";
            default -> throw new IllegalArgumentException(request.method());
        };
    }
}
