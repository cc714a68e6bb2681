package dev.wharf.s3.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * MD5 as S3 uses it: as {@code Content-MD5}, and as the ETag of objects (AWS, <i>Checking object integrity</i>): the
 * MD5 of the content, or of the MD5s of the parts followed by their number. With KMS an ETag means nothing.
 */
public final class Md5 {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern HEX_OF_PARTS = Pattern.compile("[0-9a-f]{32}-\\d+");

    private Md5() {}

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has MD5", e);
        }
    }

    public static String hex(byte[] md5) {
        return HexFormat.of().formatHex(md5);
    }

    public static String base64(byte[] md5) {
        return Base64.getEncoder().encodeToString(md5);
    }

    /** Whether an ETag, without quotes, has the form of a content's MD5. */
    public static boolean isOne(String etag) {
        return HEX.matcher(etag).matches();
    }

    /** Whether an ETag has the form of an MD5, of a content or of parts like the expected one. */
    static boolean comparable(String etag, String expected) {
        return expected != null
                && (expected.indexOf('-') < 0 ? HEX : HEX_OF_PARTS)
                        .matcher(etag)
                        .matches();
    }
}
