package dev.wharf.kernel.problem;

/**
 * The kinds of failure that a caller can meet. Each has an HTTP status and the {@code exception.name} that clients of
 * the v4 API know ({@code domain.md} §3.1).
 */
public enum Problem {
    VALIDATION_FAILED(400, "ValidationFailed", "Input validation failed"),
    NO_PROFILE(400, "ProfilingDataNotFoundException", "No profile"),
    RECIPES_NOT_SUPPORTED(400, "RecipesNotSupported", "A recipe changes nothing here"),
    MALFORMED_JSON(400, "ApiValidationFailed", "The body is not valid JSON"),
    UNAUTHENTICATED(401, "AuthenticationFailed", "Not authenticated"),
    FORBIDDEN(403, "AccessControlException", "Not permitted"),
    NOT_FOUND(404, "DataNotFoundException", "Not found"),
    NO_SUCH_ROUTE(404, "RouteNotFoundException", "No such resource"),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed", "Method not allowed"),
    CONFLICT(409, "Conflict", "Conflicts with what exists"),
    GONE(410, "DataGoneException", "Deleted"),
    LENGTH_REQUIRED(411, "LengthRequired", "A length is needed"),
    PRECONDITION_FAILED(412, "PreconditionFailed", "A condition of the request does not hold"),
    TOO_LARGE(413, "PayloadTooLarge", "Body too large"),
    URI_TOO_LONG(414, "UriTooLong", "Address too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "UnsupportedMediaType", "Unsupported content type"),
    OUT_OF_RANGE(416, "RangeNotSatisfiable", "No such part of the file"),
    LOCKED(423, "Locked", "In use by another request"),
    TOO_MANY_REQUESTS(429, "TooManyRequestsException", "Too many requests"),
    HEADERS_TOO_LARGE(431, "RequestHeaderFieldsTooLarge", "Headers too large"),
    /** The store refused or failed: the request was sound, so it is not the caller's mistake to mend here. */
    STORE_REFUSED(400, "DataServiceInvalidRequest", "The object store refused the operation"),
    STORE_UNAVAILABLE(503, "DataServiceUnavailable", "The object store cannot be reached or is overloaded"),
    UNAVAILABLE(503, "ServiceUnavailable", "The service cannot answer at the moment"),
    INTERNAL(500, "InternalServerError", "Unexpected failure");

    private final int status;
    private final String exceptionName;
    private final String title;

    Problem(int status, String exceptionName, String title) {
        this.status = status;
        this.exceptionName = exceptionName;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String exceptionName() {
        return exceptionName;
    }

    public String title() {
        return title;
    }

    /** Whether the same request may succeed later without being changed. */
    public boolean transientFailure() {
        return status >= 500 || this == TOO_MANY_REQUESTS || this == LOCKED;
    }
}
