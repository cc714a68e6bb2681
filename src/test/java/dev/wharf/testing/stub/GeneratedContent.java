package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;

/**
 * Bytes that nobody holds: a stretch of noise, over and over, begun at a place that depends on the object. The stretch's
 * length is a prime, so that no two parts of an object are alike and none can be taken for another.
 *
 * @param seed objects with different seeds differ
 */
record GeneratedContent(long size, long seed) implements Content {
    private static final int PERIOD = 1_048_573;
    private static final ByteBuf NOISE = noise();

    @Override
    public ByteBuf chunk(long position, int most) {
        int from = Math.floorMod(position + Math.floorMod(seed, PERIOD), PERIOD);
        return NOISE.slice(from, (int) Math.min(Math.min(most, PERIOD - from), size - position));
    }

    private static ByteBuf noise() {
        byte[] bytes = new byte[PERIOD];
        new Random(PERIOD).nextBytes(bytes);
        // Direct, so that it goes to the socket as it is.
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(PERIOD).writeBytes(bytes))
                .asReadOnly();
    }
}
