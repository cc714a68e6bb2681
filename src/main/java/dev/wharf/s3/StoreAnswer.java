package dev.wharf.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** A refusal as the store put it: what can be read from the SDK's exception, with nothing missing that is null there. */
record StoreAnswer(SdkServiceException failure) {
    // The SDK keeps neither the error document nor its <Region>; AWS S3 and MinIO word the message like this.
    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]{1,64})'");
    private static final int LONGEST_QUOTE = 300;

    int status() {
        return failure.statusCode();
    }

    /** S3's error code; empty for answers without a body. */
    String code() {
        return details().map(AwsErrorDetails::errorCode).orElse("");
    }

    String message() {
        return details().map(AwsErrorDetails::errorMessage).orElse("");
    }

    /** The store's own words in brackets, which support will ask for; bounded, as they are not ours. */
    String words() {
        String words = (code().isEmpty() ? "HTTP " + status() : code())
                + (message().isBlank() ? "" : ": " + message().strip());
        return " (" + words.substring(0, Math.min(LONGEST_QUOTE, words.length())) + ")";
    }

    /** The region where the bucket is, if the store says so. */
    Optional<String> region() {
        Matcher expected = EXPECTED_REGION.matcher(message());
        return header("x-amz-bucket-region")
                .or(() -> expected.find() ? Optional.of(expected.group(1)) : Optional.empty());
    }

    /**
     * How far the clocks are apart and which one to set, as part of a sentence.
     *
     * @param isAws whether the store is AWS's, whose clock is right
     */
    String skew(boolean isAws) {
        return ClockSkew.of(header("Date"))
                .map(skew -> ": " + skew.words(isAws))
                .orElse(" by more than the 15 minutes that S3 allows");
    }

    private Optional<String> header(String name) {
        return details().map(AwsErrorDetails::sdkHttpResponse).flatMap(http -> http.firstMatchingHeader(name));
    }

    private Optional<AwsErrorDetails> details() {
        return failure instanceof AwsServiceException aws
                ? Optional.ofNullable(aws.awsErrorDetails())
                : Optional.empty();
    }
}
