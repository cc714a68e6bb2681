package dev.wharf.s3.write;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.s3.wire.Crc32c;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.OptionalLong;

/** The body of an object that is being written: handed out in parts, counted and summed on the way. */
final class PartSource {
    private final PushbackInputStream in;
    private final OptionalLong length;
    private final String location;
    private long size;
    private int crc32c;

    PartSource(InputStream in, OptionalLong length, String location) {
        this.in = new PushbackInputStream(in, 1);
        this.length = length;
        this.location = location;
    }

    /**
     * Fills a part.
     *
     * @return whether this was the last
     * @throws ProblemException VALIDATION_FAILED if the body is not as long as was announced
     */
    boolean fill(PartBuffer part) throws IOException {
        part.fill(in);
        size += part.size();
        crc32c = Crc32c.combine(crc32c, part.crc32c(), part.size());
        // One byte more tells whether another part follows, and whether the body goes on beyond what was announced.
        int next = in.read();
        if (next >= 0 && (length.isEmpty() || size < length.getAsLong())) {
            in.unread(next);
            return false;
        }
        if (next >= 0 || length.isPresent() && size != length.getAsLong()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    location + ": " + length.getAsLong() + " bytes were announced, and "
                            + (next >= 0 ? "more" : "only " + size) + " came; nothing was stored");
        }
        return true;
    }

    /** Bytes so far. */
    long size() {
        return size;
    }

    /** Of what came so far, in Base64. */
    String crc32c() {
        return Crc32c.base64(crc32c);
    }
}
