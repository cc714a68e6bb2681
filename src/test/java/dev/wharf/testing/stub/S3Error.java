package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Answer;
import java.util.Map;

/** A refusal, as S3 puts it. */
final class S3Error extends RuntimeException {
    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    S3Error(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    S3Error(int status, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    static S3Error noSuchBucket(String bucket) {
        return new S3Error(404, "NoSuchBucket", "The specified bucket does not exist: " + bucket);
    }

    static S3Error noSuchKey() {
        return new S3Error(404, "NoSuchKey", "The specified key does not exist.");
    }

    static S3Error preconditionFailed() {
        return new S3Error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }

    static S3Error archived() {
        return new S3Error(403, "InvalidObjectState", "The operation is not valid for the object's storage class");
    }

    static S3Error notImplemented(StubRequest request) {
        return new S3Error(
                501,
                "NotImplemented",
                "The stub does not know " + request.method() + " "
                        + request.http().uri());
    }

    static int number(String name, String value) {
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new S3Error(400, "InvalidArgument", name + " is no number: " + value);
        }
    }

    Answer answer() {
        return Answer.error(status, code, getMessage(), headers);
    }
}
