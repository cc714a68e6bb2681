package dev.wharf.testing.stub;

/** Conditions on an object's ETag (RFC 9110 §13.1). */
final class Conditions {
    private Conditions() {}

    /**
     * @param etags a header's value, or null
     * @throws S3Error PreconditionFailed
     */
    static void requireMatch(String etags, StubObject object) {
        if (etags != null && !isOneOf(etags, object)) {
            throw S3Error.preconditionFailed();
        }
    }

    static boolean isOneOf(String etags, StubObject object) {
        for (String one : etags.split(",")) {
            String etag = one.strip().replace("\"", "");
            if (etag.equals("*") || etag.equals(object.etag())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the request may only store what is not there yet. */
    static boolean onlyNew(StubRequest request) {
        String noneMatch = request.header("If-None-Match");
        if (noneMatch != null && !noneMatch.equals("*")) {
            throw new S3Error(501, "NotImplemented", "A write's If-None-Match can only be *");
        }
        return noneMatch != null;
    }
}
