package dev.wharf.s3.client;

import dev.wharf.s3.fault.ClockSkew;
import dev.wharf.s3.wire.QuotedText;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Notes what a store's answers tell beside what was asked: what time it is there, and where the bucket is. */
public final class AnswerWatch implements ExecutionInterceptor {
    private volatile ClockSkew skew;
    private volatile String region;

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        var http = context.httpResponse();
        // The first answer: the SDK corrects its own time by what it is told.
        if (skew == null) {
            skew = ClockSkew.of(http.firstMatchingHeader("Date")).orElse(null);
        }
        http.firstMatchingHeader("x-amz-bucket-region")
                .filter(QuotedText::isRegion)
                .ifPresent(this::isIn);
    }

    void isIn(String found) {
        region = found;
    }

    public Optional<ClockSkew> skew() {
        return Optional.ofNullable(skew);
    }

    /** Null where no answer has told. */
    public String region() {
        return region;
    }
}
