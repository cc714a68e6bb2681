package dev.wharf.testing.faulty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of an object or of an answer, of any number, handed out piece by piece. */
public interface Content {
    Content EMPTY = of(new byte[0]);

    long size();

    /** The bytes at this position: at least one, at most so many, without a copy; nobody need release them. */
    ByteBuf chunk(long position, int most);

    /** The bytes from one position up to another. */
    default Content slice(long from, long to) {
        return from == 0 && to == size() ? this : new Slice(this, from, to);
    }

    default byte[] bytes() {
        byte[] bytes = new byte[Math.toIntExact(size())];
        for (int position = 0; position < bytes.length; ) {
            ByteBuf chunk = chunk(position, bytes.length - position);
            int count = chunk.readableBytes();
            chunk.readBytes(bytes, position, count);
            position += count;
        }
        return bytes;
    }

    static Content of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /** The first bytes of an array that is not changed any more. */
    static Content of(byte[] bytes, int length) {
        return new InMemory(bytes, length);
    }

    static Content of(Buffer buffer) {
        return of(buffer.getBytes());
    }

    static Content of(String text) {
        return of(Buffer.buffer(text));
    }

    static Content joined(List<Content> pieces) {
        return pieces.size() == 1 ? pieces.get(0) : new Joined(pieces);
    }

    record InMemory(byte[] bytes, int length) implements Content {
        /** Those that count. */
        @Override
        public byte[] bytes() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }

        @Override
        public long size() {
            return length;
        }

        @Override
        public ByteBuf chunk(long position, int most) {
            return Unpooled.wrappedBuffer(bytes, (int) position, (int) Math.min(most, length - position));
        }
    }

    record Slice(Content whole, long from, long to) implements Content {
        @Override
        public long size() {
            return to - from;
        }

        @Override
        public ByteBuf chunk(long position, int most) {
            return whole.chunk(from + position, (int) Math.min(most, size() - position));
        }
    }

    /** Parts one behind the other; found by a search, since an uploaded object has many. */
    final class Joined implements Content {
        private final List<Content> pieces;
        private final long[] starts;

        private Joined(List<Content> pieces) {
            this.pieces = pieces.stream().filter(piece -> piece.size() > 0).toList();
            starts = new long[this.pieces.size() + 1];
            for (int index = 0; index < this.pieces.size(); index++) {
                starts[index + 1] = starts[index] + this.pieces.get(index).size();
            }
        }

        @Override
        public long size() {
            return starts[pieces.size()];
        }

        @Override
        public ByteBuf chunk(long position, int most) {
            int found = Arrays.binarySearch(starts, position);
            int index = found >= 0 ? found : -found - 2;
            List<ByteBuf> chunks = new ArrayList<>();
            long at = position;
            long end = Math.min(size(), position + most);
            while (at < end) {
                ByteBuf chunk = pieces.get(index).chunk(at - starts[index], (int) (end - at));
                chunks.add(chunk);
                at += chunk.readableBytes();
                if (at == starts[index + 1]) {
                    index++;
                }
            }
            return chunks.size() == 1
                    ? chunks.get(0)
                    : Unpooled.wrappedBuffer(chunks.size(), chunks.toArray(ByteBuf[]::new));
        }
    }
}
