package dev.wharf.s3.wire;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * CRC-32C as S3 uses it ({@code x-amz-checksum-crc32c}; AWS, <i>Checking object integrity</i>): its four bytes in Base64.
 * That of a whole object follows from those of its parts, so that no byte is looked at twice.
 */
public final class Crc32c {
    /** Castagnoli's polynomial, the lowest power in the highest bit. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int ONE = 1 << 31;
    private static final int TO_THE_EIGHTH = ONE >>> 8;

    private Crc32c() {}

    public static String base64(int crc) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(crc).array());
    }

    /**
     * The checksum of two pieces one behind the other, as zlib's {@code crc32_combine} finds it: the first is moved on by
     * the length of the second, which is a multiplication of polynomials.
     *
     * @param first of the first piece; 0 where there is none
     * @param length of the second piece, in bytes
     */
    public static int combine(int first, int second, long length) {
        int shift = ONE;
        int square = TO_THE_EIGHTH;
        for (long left = length; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                shift = product(square, shift);
            }
            square = product(square, square);
        }
        return product(shift, first) ^ second;
    }

    private static int product(int one, int other) {
        int sum = 0;
        int moved = other;
        for (int rest = one; rest != 0; rest <<= 1) {
            if (rest < 0) {
                sum ^= moved;
            }
            moved = (moved & 1) == 0 ? moved >>> 1 : moved >>> 1 ^ POLYNOMIAL;
        }
        return sum;
    }
}
