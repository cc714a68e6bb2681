package dev.wharf.s3.client;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Tells the client's limit how the store bears what is asked of it, with every attempt of every operation. */
final class LoadSensor implements ExecutionInterceptor {
    private static final int TOO_MANY_REQUESTS = 429;
    /** S3's {@code SlowDown}. */
    private static final int UNAVAILABLE = 503;

    private final AdaptiveLimit limit;

    LoadSensor(AdaptiveLimit limit) {
        this.limit = limit;
    }

    @Override
    public void beforeUnmarshalling(Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
        int status = context.httpResponse().statusCode();
        if (status == UNAVAILABLE || status == TOO_MANY_REQUESTS) {
            limit.throttled();
        } else if (context.httpResponse().isSuccessful()) {
            limit.answered();
        }
    }
}
