package dev.wharf.s3.write;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.s3.client.StoreSettings;
import java.util.OptionalLong;

/**
 * How an object is cut into parts: at most 10,000, of 5 MiB to 5 GiB (AWS, <i>Amazon S3 multipart upload limits</i>).
 *
 * <p>Where the length is known all parts are equal, as some stores demand (Cloudflare R2). Where it is not, they begin
 * with 8 MiB and double every thousand parts, which would carry 5 TiB; the memory for parts ends the growth. So the
 * largest object is about 9,000 times that memory where the length is known, and several thousand times where not.
 */
final class PartSizes {
    static final int MOST_PARTS = 10_000;
    private static final int PLANNED_PARTS = 9_000;
    private static final int PARTS_PER_SIZE = 1_000;

    private final OptionalLong length;
    private final long largest;

    PartSizes(OptionalLong length, long largest) {
        this.length = length;
        this.largest = largest;
        if (length.isPresent() && of(1) > largest) {
            throw tooLarge(largest * PLANNED_PARTS);
        }
    }

    /**
     * The size of a part in bytes; the last may turn out shorter.
     *
     * @param number from 1
     */
    long of(int number) {
        if (number > MOST_PARTS) {
            throw tooLarge(largest * MOST_PARTS);
        }
        if (length.isEmpty()) {
            return Math.min(largest, (long) StoreSettings.SMALLEST_PART << (number - 1) / PARTS_PER_SIZE);
        }
        return length.getAsLong() <= StoreSettings.SMALLEST_PART
                ? length.getAsLong()
                : forCopy(length.getAsLong(), StoreSettings.SMALLEST_PART);
    }

    /** Equal parts of a known size, not below the smallest. */
    static long forCopy(long length, long smallest) {
        return Math.max(smallest, length / PLANNED_PARTS + 1);
    }

    private static ProblemException tooLarge(long limit) {
        return new ProblemException(
                Problem.TOO_LARGE,
                "The object is too large for the memory that uploads may use: the limit is about " + (limit >> 30)
                        + " GiB; give the service more memory");
    }
}
