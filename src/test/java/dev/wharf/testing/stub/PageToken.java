package dev.wharf.testing.stub;

import java.util.Arrays;
import java.util.Base64;

/**
 * Where a listing goes on, as a text that means nothing to anyone else; like AWS's it has characters that a URL must
 * encode. A number before the place makes another token of the same place.
 */
final class PageToken {
    private PageToken() {}

    static String of(byte[] position) {
        return of(0, position);
    }

    /** Another token that leads to where this one does. */
    static String again(String token) {
        return of(bytes(token)[0] + 1, position(token));
    }

    private static String of(int number, byte[] position) {
        byte[] bytes = new byte[position.length + 1];
        bytes[0] = (byte) number;
        System.arraycopy(position, 0, bytes, 1, position.length);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The first key that the page may hold. */
    static byte[] position(String token) {
        byte[] bytes = bytes(token);
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    private static byte[] bytes(String token) {
        try {
            byte[] bytes = Base64.getDecoder().decode(token);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Not one of ours.
        }
        throw new S3Error(400, "InvalidArgument", "The continuation token provided is incorrect");
    }
}
