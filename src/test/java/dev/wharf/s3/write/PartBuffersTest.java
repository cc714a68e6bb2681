package dev.wharf.s3.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PartBuffersTest {
    private static final int CHUNK = PartBuffer.CHUNK;

    private final PartBuffers buffers = new PartBuffers(4 * CHUNK, Duration.ofSeconds(1));

    @Test
    void whileUploadsRunMemoryIsUsedAgain() throws IOException {
        anotherRuns();
        byte[] first = filled(buffers.take(CHUNK), CHUNK);

        assertThat(filled(buffers.take(CHUNK), CHUNK)).isSameAs(first);
    }

    @Test
    void memoryIsLetGoWithTheLastUpload() throws IOException {
        byte[] first = filled(buffers.take(CHUNK), CHUNK);

        assertThat(filled(buffers.take(CHUNK), CHUNK)).isNotSameAs(first);
        assertThat(buffers.free()).isEqualTo(buffers.largest());
    }

    @Test
    void whatAPartHeldBeforeIsNotInTheNext() throws IOException {
        anotherRuns();
        filled(buffers.take(CHUNK), CHUNK);
        try (PartBuffer part = buffers.take(CHUNK)) {
            part.fill(new Source(3, 2));

            assertThat(part.body().contentStreamProvider().newStream().readAllBytes())
                    .containsExactly(2, 2, 2);
        }
    }

    @Test
    void smallObjectsTakeNoMoreThanTheyAre() throws IOException {
        anotherRuns();
        filled(buffers.take(CHUNK), CHUNK);

        assertThat(filled(buffers.take(10), 10)).hasSize(10);
    }

    private void anotherRuns() {
        buffers.take(CHUNK);
    }

    /** Fills a part, gives it back, and tells where its bytes were. */
    private static byte[] filled(PartBuffer part, int size) throws IOException {
        try (part) {
            var source = new Source(size, 1);
            part.fill(source);
            return source.target;
        }
    }

    /** So many bytes of one value; remembers where they went. */
    private static final class Source extends InputStream {
        private final byte value;
        private int left;
        private byte[] target;

        Source(int size, int value) {
            this.left = size;
            this.value = (byte) value;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            target = into;
            int count = Math.min(length, left);
            Arrays.fill(into, offset, offset + count, value);
            left -= count;
            return count;
        }
    }
}
