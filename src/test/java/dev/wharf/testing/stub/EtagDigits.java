package dev.wharf.testing.stub;

import java.nio.charset.StandardCharsets;

/** ETags of objects that nobody computes an MD5 of: different for each number, and quick to write by the million. */
final class EtagDigits {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int VARYING = 16;

    private EtagDigits() {}

    /** In the form of a multipart upload's, which nobody takes for an MD5. */
    static String etag(long number) {
        byte[] digits = new byte[VARYING];
        write(number, digits, 0);
        return new String(digits, StandardCharsets.US_ASCII) + "0".repeat(32 - VARYING) + "-1";
    }

    /** Writes what differs: the first digits. */
    static void write(long number, byte[] target, int at) {
        long bits = mixed(number);
        for (int index = 0; index < VARYING; index++) {
            target[at + index] = HEX[(int) (bits >>> (60 - 4 * index)) & 15];
        }
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014): no two numbers become the same. */
    private static long mixed(long number) {
        long bits = number + 0x9e3779b97f4a7c15L;
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }
}
