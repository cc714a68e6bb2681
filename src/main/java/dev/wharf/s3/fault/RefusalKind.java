package dev.wharf.s3.fault;

import dev.wharf.store.StoreException.Kind;
import java.util.Set;

/** Which kind a store's refusal is: by its code, and where that says nothing, by its status and what was asked. */
final class RefusalKind {
    private static final Set<String> CREDENTIAL_CODES = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidSecurity",
            "NotSignedUp",
            "ExpiredToken",
            "InvalidToken",
            "AuthFailure");
    private static final Set<String> REGION_CODES =
            Set.of("PermanentRedirect", "TemporaryRedirect", "Redirect", "IllegalLocationConstraintException");
    /** Codes that speak of a permission; none is sent with answers to HEAD. */
    private static final Set<String> PERMISSION_CODES =
            Set.of("", "AccessDenied", "AccessDeniedException", "Forbidden");

    private RefusalKind() {}

    /** @param otherRegion whether the answer names another region than the connection's */
    static Kind of(String code, int status, S3Operation operation, boolean otherRegion) {
        if (CREDENTIAL_CODES.contains(code)) {
            return Kind.BAD_CREDENTIALS;
        }
        if (REGION_CODES.contains(code) || otherRegion || status == 301 || status == 307 || status == 308) {
            return Kind.WRONG_REGION;
        }
        return switch (code) {
            case "RequestTimeTooSkewed" -> Kind.CLOCK_SKEW;
            // To a request for a copy, this says that there is nothing to copy it from.
            case "InvalidObjectState" -> operation == S3Operation.RESTORE ? Kind.REFUSED : Kind.ARCHIVED;
            case "RestoreAlreadyInProgress" -> Kind.RESTORING;
            case "InvalidRange" -> Kind.OUT_OF_RANGE;
            case "NoSuchBucket" -> Kind.NO_SUCH_BUCKET;
            case "NoSuchUpload" -> Kind.NO_SUCH_UPLOAD;
            case "SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "ConditionalRequestConflict" ->
                Kind.UNAVAILABLE;
            default -> byStatus(code, status, operation);
        };
    }

    private static Kind byStatus(String code, int status, S3Operation operation) {
        return switch (status) {
            case 401, 403 -> PERMISSION_CODES.contains(code) ? Kind.DENIED : Kind.REFUSED;
            case 404 -> {
                // Of an upload that is over, Ceph says that its key is missing.
                if (operation.ofUpload()) {
                    yield Kind.NO_SUCH_UPLOAD;
                }
                yield operation.reads() || "NoSuchKey".equals(code) ? Kind.NOT_FOUND : Kind.NO_SUCH_BUCKET;
            }
            case 412 -> operation.creates() ? Kind.EXISTS : Kind.CHANGED;
            case 416 -> Kind.OUT_OF_RANGE;
            case 429 -> Kind.UNAVAILABLE;
            case 501 -> Kind.REFUSED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    }
}
