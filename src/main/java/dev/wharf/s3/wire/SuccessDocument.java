package dev.wharf.s3.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Looks at a success before the SDK does. It may be an error, of which a store learned when it had sent the status already
 * (AWS, <i>CompleteMultipartUpload</i>), or end in its middle. The SDK looks for errors in the answers to a few operations
 * only, and reads nothing at all of others, which then count as done.
 */
final class SuccessDocument {
    private static final String BEFORE = "^\\s*(?:<\\?[^>]*\\?>)?\\s*";
    private static final Pattern ERROR = Pattern.compile(BEFORE + "<Error[\\s>]");
    private static final Pattern ROOT = Pattern.compile(BEFORE + "<([\\w:.-]+)");
    private static final Pattern CODE = Pattern.compile("<Code>([^<]{1,100})</Code>");
    private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]{1,1000})");

    private SuccessDocument() {}

    /**
     * What was sent.
     *
     * @throws S3Exception if that is an error
     * @throws RetryableException if the rest is missing
     */
    static String of(String text, Context.ModifyHttpResponse context) {
        if (ERROR.matcher(text).find()) {
            throw error(text, context);
        }
        Matcher root = ROOT.matcher(text);
        if (root.find() && !ends(text, root.group(1))) {
            throw RetryableException.create("it ends in its middle");
        }
        return text;
    }

    /** Whatever follows; some stores fill their answers up. */
    private static boolean ends(String text, String root) {
        int begin = text.indexOf("<" + root);
        return text.contains("</" + root + ">") || text.lastIndexOf('<') == begin && text.indexOf("/>", begin) > 0;
    }

    private static RuntimeException error(String text, Context.ModifyHttpResponse context) {
        String code = first(CODE, text);
        int status = ListingInterceptor.status(code);
        return S3Exception.builder()
                .statusCode(status)
                .message(first(MESSAGE, text))
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(code)
                        .errorMessage(first(MESSAGE, text))
                        .sdkHttpResponse(context.httpResponse())
                        .build())
                .build();
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
