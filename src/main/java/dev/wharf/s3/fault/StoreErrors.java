package dev.wharf.s3.fault;

import dev.wharf.s3.wire.MalformedXmlException;
import dev.wharf.store.Credentials.KeyPair;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Checksums;
import dev.wharf.store.StoreAccess.Encryption;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Turns what the SDK throws into a {@link StoreException}, once, at the edge. Codes are those of AWS's <i>Error
 * responses</i>; answers to HEAD have no body and so no code.
 */
public final class StoreErrors {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_IMPLEMENTED = 501;
    private static final Set<String> CONFLICT_CODES = Set.of("ConditionalRequestConflict", "OperationAborted");
    /** What a store refuses with 403 for another reason: AWS's <i>Error responses</i>, Ceph's <i>rgw_common.cc</i>. */
    private static final Map<String, String> OTHER_REASONS = Map.of(
            "QuotaExceeded", "its quota is used up",
            "UserSuspended", "the user is suspended there: the store's operator can tell why",
            "AllAccessDisabled", "all access to it is disabled there: the store's operator can tell why",
            "AccountProblem", "something is wrong with the account there: its owner has to ask the store's operator",
            "InvalidPayer", "all access to it is disabled there: the store's operator can tell why");

    private static final int FAILED = 500;
    /** Of names that every store takes, in bytes. */
    private static final int LONG_NAME = 200;

    /** What a web page may be taken for by its status alone. */
    private static final Set<Kind> NOTHING_OF_S3 = Set.of(Kind.NO_SUCH_BUCKET, Kind.REFUSED);

    private final StoreAccess access;

    public StoreErrors(StoreAccess access) {
        this.access = access;
    }

    /** Classifies any failure of an operation; what already is a {@link StoreException} stays as it is. */
    public StoreException of(RuntimeException failure, S3Operation operation, String bucket, String key) {
        if (failure instanceof StoreException known) {
            return known;
        }
        String place = place(bucket, key);
        return failure instanceof SdkServiceException answer
                ? answered(new StoreAnswer(answer), operation, place, bucket, key)
                : ConnectionErrors.of(failure, access, place);
    }

    /** Whether another try may help although the SDK does not know it: two writers met, neither has won. */
    public static boolean lostToAnother(Throwable failure) {
        return failure instanceof SdkServiceException answer && CONFLICT_CODES.contains(new StoreAnswer(answer).code());
    }

    /** Whether the store knows nothing of what was asked for, or of a header that the request carried. */
    public static boolean isNotImplemented(StoreException refusal) {
        return isStatus(refusal, NOT_IMPLEMENTED);
    }

    /** Whether the store found fault with the request, or with its body, and with nothing that has a kind of its own. */
    public static boolean isBadRequest(StoreException refusal) {
        return refusal.kind() == Kind.REFUSED && isStatus(refusal, BAD_REQUEST);
    }

    private static boolean isStatus(StoreException refusal, int status) {
        return refusal.getCause() instanceof SdkServiceException answer && answer.statusCode() == status;
    }

    public static String place(String bucket, String key) {
        return bucket == null ? "The list of buckets" : "s3://" + bucket + (key == null ? "" : "/" + key);
    }

    private StoreException answered(
            StoreAnswer answer, S3Operation operation, String place, String bucket, String key) {
        String code = answer.code();
        int status = answer.status();
        Optional<String> region = answer.region().filter(right -> !right.equals(access.region()));
        Kind kind = KmsErrors.areMeant(answer)
                ? KmsErrors.mayPass(code) ? Kind.UNAVAILABLE : Kind.BAD_ENCRYPTION_KEY
                : RefusalKind.of(code, status, operation, region.isPresent());
        String said = answer.words();
        if (answer.isWebPage() && NOTHING_OF_S3.contains(kind)) {
            return new StoreException(
                    Kind.REFUSED,
                    place + ": " + ConnectionErrors.host(access) + " has answered with a web page" + said
                            + ", and a web page is no answer of an S3 store: check the endpoint",
                    answer.failure());
        }
        String detail =
                switch (kind) {
                    case NOT_FOUND -> "no such object";
                    case NO_SUCH_BUCKET -> "the bucket does not exist";
                    case NO_SUCH_UPLOAD -> "the upload is gone: completed or aborted by somebody else" + said;
                    case EXISTS -> "an object with this key exists, and nothing is ever overwritten";
                    case CHANGED -> "the object was replaced by another version since it was looked at";
                    case OUT_OF_RANGE -> "the object ends before the bytes that were asked for";
                    case ARCHIVED ->
                        "the object is archived and cannot be read before it is restored from its storage class";
                    case RESTORING -> "a copy of the archived object is being made already";
                    case DENIED ->
                        code.isEmpty() && !answer.message().isBlank()
                                ? "the store refuses it" + said + "; perhaps "
                                        + denied(answer, operation, code, bucket, key)
                                : denied(answer, operation, code, bucket, key) + said;
                    case BAD_CREDENTIALS ->
                        "the store does not accept " + access.credentials().words() + ": " + advice(code, key) + said;
                    case WRONG_REGION ->
                        region.map(right -> "the bucket is not in region " + access.region()
                                                + ": set the connection's region to " + right)
                                        .orElse("the store sends us elsewhere, which is never followed: check the"
                                                + " connection's endpoint (http or https?) and region")
                                + said;
                    case CLOCK_SKEW ->
                        "the clocks of this service and of the store differ" + answer.skew(access.isAws()) + said;
                    case BAD_ENCRYPTION_KEY -> KmsErrors.words(answer, operation, access) + said;
                    case UNAVAILABLE ->
                        "the store is overloaded or failing, also after several tries" + said + longName(status, key);
                    default -> refused(operation, status, code) + said;
                };
        return new StoreException(kind, place + ": " + detail, answer.failure());
    }

    /** Stores that keep objects as files, as that of the trial does, fail for long names without saying why. */
    private static String longName(int status, String key) {
        int longest = key == null || status != FAILED
                ? 0
                : Arrays.stream(key.split("/"))
                        .mapToInt(part -> part.getBytes(StandardCharsets.UTF_8).length)
                        .max()
                        .orElse(0);
        return longest <= LONG_NAME
                ? ""
                : "; a name in the key has " + longest
                        + " bytes in UTF-8, and a store that keeps objects as files may take"
                        + " fewer: try a shorter one";
    }

    /** What to do about a key pair that is refused with this code. */
    private String advice(String code, String key) {
        if (!(access.credentials() instanceof KeyPair)) {
            return "ExpiredToken".equals(code) || "InvalidToken".equals(code)
                    ? "its session has ended or was revoked; the next one is tried soon: if that stays so, check the clocks"
                            + " and whether the endpoint is the one whose STS gave the session"
                    : "check whether the endpoint is the one whose STS gave the session";
        }
        return switch (code) {
            case "InvalidAccessKeyId" ->
                "it does not know the access key id; check it, and whether the endpoint is the one that the key pair is for";
            case "SignatureDoesNotMatch" ->
                key != null && (key.contains("//") || key.startsWith("/"))
                        ? "the key has more than one slash in a row in its address, and the signature does not match where the"
                                + " store, or a proxy before it, makes one of them: turn that off there (nginx: merge_slashes"
                                + " off), or read the object by another name; if others cannot be read either, the secret"
                                + " is wrong"
                        : "the secret does not belong to the access key id; enter the secret again, without blanks around it";
            case "ExpiredToken" -> "it has expired; enter a new one";
            default -> "check the access key id and the secret";
        };
    }

    /** Whether the key id is known, and the secret is another one. */
    public static boolean isWrongSecret(StoreException failure) {
        return answer(failure)
                .map(StoreAnswer::code)
                .filter("SignatureDoesNotMatch"::equals)
                .isPresent();
    }

    /** What the store said where this is its refusal. */
    public static Optional<StoreAnswer> answer(StoreException refusal) {
        return refusal.getCause() instanceof SdkServiceException answer
                ? Optional.of(new StoreAnswer(answer))
                : Optional.empty();
    }

    /** Whether what has answered is, by its answer, no S3 store. */
    public static boolean isNoStore(StoreException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof MalformedXmlException) {
                return true;
            }
        }
        return failure.kind() == Kind.REFUSED
                && answer(failure).filter(StoreAnswer::isWebPage).isPresent();
    }

    /** Where the bucket is, as far as a refusal tells. */
    public static Optional<String> region(StoreException refusal) {
        return answer(refusal).flatMap(StoreAnswer::region);
    }

    private String denied(StoreAnswer answer, S3Operation operation, String code, String bucket, String key) {
        if (answer.kmsAction().isPresent()) {
            return access.credentials().words() + " may not use the KMS key"
                    + answer.kmsKey().map(named -> " " + named).orElse("") + ": it needs "
                    + answer.kmsAction().get() + " on it";
        }
        String missing = access.credentials().words() + " lacks " + operation.action() + " on "
                + operation.resource(access.region(), bucket, key);
        if (operation.encrypts() && access.encryption() == Encryption.KMS) {
            return missing + ", or kms:GenerateDataKey and kms:Decrypt on "
                    + (access.kmsKeyId() == null ? "the account's KMS key for S3" : access.kmsKeyId());
        }
        if (!operation.reads()) {
            return missing;
        }
        String orMissing = operation == S3Operation.GET_LISTED
                ? ""
                : ", or the object does not exist: without s3:ListBucket a missing object looks like this";
        return missing + orMissing + (code.isEmpty() ? "; a wrong key pair does so as well" : "");
    }

    private String refused(S3Operation operation, int status, String code) {
        if (OTHER_REASONS.containsKey(code)) {
            return "the store refuses it: " + OTHER_REASONS.get(code);
        }
        if (status == 401 || status == 403) {
            return "the store refuses it for a reason of its own";
        }
        if (status == 400 && code.isEmpty() && access.isPlainHttp()) {
            return "the store refused the request" + ConnectionErrors.PERHAPS_TLS;
        }
        return status == NOT_IMPLEMENTED
                ? "the store does not implement what was asked for" + settings(operation)
                : "the store refused the request";
    }

    /** Which of the connection's settings the request carried, as far as they may be the reason. */
    private String settings(S3Operation operation) {
        if (operation.encrypts() && access.encryption() != Encryption.NONE) {
            return "; server-side encryption (" + access.encryption().value() + ") is a setting of the connection";
        }
        return operation.reads() && access.checksums() == Checksums.WHEN_SUPPORTED
                ? "; checksums (" + access.checksums() + ") are a setting of the connection"
                : "";
    }
}
