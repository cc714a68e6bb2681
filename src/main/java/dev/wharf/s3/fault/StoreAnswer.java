package dev.wharf.s3.fault;

import dev.wharf.s3.wire.QuotedText;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * A refusal as the store put it: what can be read from the SDK's exception, with nothing missing that is null there. What
 * is taken from it as a fact has the form of one; all else is quoted, as anybody can have written it.
 */
public record StoreAnswer(SdkServiceException failure) {
    // The SDK keeps neither the error document nor its <Region>; AWS S3 and MinIO word the message like this.
    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]{1,63})'");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}");
    /** What S3 asks of a key on somebody's behalf (AWS KMS, <i>How Amazon S3 uses AWS KMS</i>). */
    private static final Pattern KMS_ACTION = Pattern.compile(
            "\\bkms:(?:GenerateDataKey|Decrypt|Encrypt|ReEncryptFrom|ReEncryptTo|DescribeKey)(?=\\s|$)");

    private static final Pattern KMS_KEY =
            Pattern.compile("arn:aws[a-z-]{0,20}:kms:[a-z0-9-]{1,63}:\\d{12}:(?:key|alias)/[A-Za-z0-9/_-]{1,256}");

    int status() {
        return failure.statusCode();
    }

    /** S3's error code; empty for answers without a body, and for what has not the form of a code. */
    String code() {
        return details()
                .map(AwsErrorDetails::errorCode)
                .filter(code -> CODE.matcher(code).matches())
                .orElse("");
    }

    /** Whether it is a page for people, as web servers send, and no document of S3's. */
    public boolean isWebPage() {
        return code().isEmpty()
                && header("Content-Type")
                        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                        .isPresent();
    }

    String message() {
        return details().map(AwsErrorDetails::errorMessage).orElse("");
    }

    /** The store's own words in brackets, which support will ask for. */
    String words() {
        return " (" + (code().isEmpty() ? "HTTP " + status() : code())
                + (message().isBlank() ? "" : ": " + QuotedText.quoted(message())) + ")";
    }

    /** The region where the bucket is, if the store says so. */
    Optional<String> region() {
        Matcher expected = EXPECTED_REGION.matcher(message());
        return header("x-amz-bucket-region")
                .filter(QuotedText::isRegion)
                .or(() -> expected.find() ? Optional.of(expected.group(1)) : Optional.empty());
    }

    /** The KMS action that AWS says is missing. */
    public Optional<String> kmsAction() {
        return first(KMS_ACTION);
    }

    /** The KMS key that the refusal is about. */
    public Optional<String> kmsKey() {
        return first(KMS_KEY);
    }

    private Optional<String> first(Pattern pattern) {
        Matcher matcher = pattern.matcher(message());
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
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
