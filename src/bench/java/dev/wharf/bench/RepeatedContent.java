package dev.wharf.bench;

import dev.wharf.testing.faulty.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The same bytes over and over. */
record RepeatedContent(byte[] bytes, long times) implements Content {
    @Override
    public long size() {
        return bytes.length * times;
    }

    @Override
    public ByteBuf chunk(long position, int most) {
        int from = (int) (position % bytes.length);
        return Unpooled.wrappedBuffer(bytes, from, Math.min(most, bytes.length - from));
    }
}
