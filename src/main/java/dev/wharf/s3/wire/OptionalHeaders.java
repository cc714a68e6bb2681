package dev.wharf.s3.wire;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Takes out of an answer's head what would make the SDK give up on all of it: headers that it turns into times, numbers and
 * switches and nobody here reads, and a {@code Last-Modified} that is no time in HTTP's form.
 */
public final class OptionalHeaders implements ExecutionInterceptor {
    private static final Set<String> UNREAD = ofAnyCase(
            "Expires",
            "x-amz-missing-meta",
            "x-amz-mp-parts-count",
            "x-amz-tagging-count",
            "x-amz-object-lock-retain-until-date",
            "x-amz-server-side-encryption-bucket-key-enabled",
            "x-amz-abort-date");

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        SdkHttpResponse http = context.httpResponse();
        List<String> strange = http.headers().keySet().stream()
                .filter(name -> UNREAD.contains(name)
                        || name.equalsIgnoreCase("Last-Modified")
                                && !isTime(http.headers().get(name)))
                .toList();
        if (strange.isEmpty()) {
            return http;
        }
        var rest = ((SdkHttpFullResponse) http).toBuilder();
        strange.forEach(rest::removeHeader);
        return rest.build();
    }

    private static boolean isTime(List<String> values) {
        try {
            ZonedDateTime.parse(values.get(0).strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Set<String> ofAnyCase(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }
}
