package dev.wharf.s3.wire;

/** ETags as the port shows them, without quotes, and as the protocol wants them, with. */
public final class Etags {
    /** Those of S3 have 38 at most; what is remembered of a file has this much room. */
    private static final int LONGEST = 255;

    private Etags() {}

    public static String unquoted(String etag) {
        if (etag == null) {
            return "";
        }
        return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    /** Without quotes; empty where none was sent, or one that no header could send back (RFC 9110, 8.8.3). */
    static String known(String etag) {
        String plain = unquoted(etag);
        boolean sendable = plain.length() <= LONGEST && plain.chars().noneMatch(c -> c < ' ' || c == 0x7f);
        return sendable ? plain : "";
    }

    /** For {@code If-Match}; null stays null, which is no condition. */
    public static String quoted(String etag) {
        return etag == null || etag.isEmpty() ? null : "\"" + unquoted(etag) + "\"";
    }

    /**
     * Whether an ETag proves that the store holds other bytes than it was sent. One of an object under a KMS key, or
     * one that is no MD5, proves nothing.
     *
     * @param encryption the store's {@code x-amz-server-side-encryption}, or null
     */
    public static boolean contradicts(String etag, String expected, String encryption) {
        String plain = unquoted(etag);
        return !isKms(encryption) && Md5.comparable(plain, expected) && !plain.equals(expected);
    }

    public static boolean isKms(String encryption) {
        return encryption != null && encryption.startsWith("aws:kms");
    }
}
