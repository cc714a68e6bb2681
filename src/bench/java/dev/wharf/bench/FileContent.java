package dev.wharf.bench;

import dev.wharf.testing.faulty.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The bytes of a file that stays as it is. */
record FileContent(FileChannel file, long size) implements Content {
    private static final int MOST = 256 << 10;

    static FileContent of(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        return new FileContent(file, file.size());
    }

    @Override
    public ByteBuf chunk(long position, int most) {
        try {
            var bytes = ByteBuffer.allocate(Math.min(most, MOST));
            int count = file.read(bytes, position);
            if (count <= 0) {
                throw new IllegalStateException("The file has become shorter");
            }
            return Unpooled.wrappedBuffer(bytes.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
