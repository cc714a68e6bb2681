package dev.wharf.s3.wire;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** Refuses a success that lacks what it was asked for: everything else that an answer may hold can be missing. */
public final class RequiredElements implements ExecutionInterceptor {
    /** The shortest that a session lasts (AWS STS, <i>AssumeRole</i>). */
    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        SdkResponse answer = context.response();
        if (answer instanceof CreateMultipartUploadResponse begun) {
            require("an upload's id", begun.uploadId());
        } else if (answer instanceof UploadPartCopyResponse copied) {
            require(
                    "a part's ETag",
                    copied.copyPartResult() == null
                            ? null
                            : copied.copyPartResult().eTag());
        } else if (answer instanceof AssumeRoleResponse assumed) {
            return session(assumed);
        }
        return answer;
    }

    private static AssumeRoleResponse session(AssumeRoleResponse assumed) {
        var session = assumed.credentials();
        require("a session", session == null ? null : session.accessKeyId());
        require("a session's secret", session.secretAccessKey());
        require("a session's token", session.sessionToken());
        return session.expiration() != null
                ? assumed
                : assumed.toBuilder()
                        .credentials(session.toBuilder()
                                .expiration(Instant.now().plus(SHORTEST_SESSION))
                                .build())
                        .build();
    }

    private static void require(String what, String value) {
        if (value == null || value.isBlank()) {
            throw SdkClientException.create("it is a success without " + what);
        }
    }
}
