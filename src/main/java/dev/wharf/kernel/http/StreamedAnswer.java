package dev.wharf.kernel.http;

import dev.wharf.kernel.Answer;
import dev.wharf.kernel.ClientGoneException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/** An {@link Answer} that a worker writes and the event loop sends. */
final class StreamedAnswer implements Answer {
    private final HttpServerResponse response;
    private final Duration stallTimeout;

    /**
     * @param stallTimeout how long the client may take nothing
     */
    StreamedAnswer(HttpServerResponse response, Duration stallTimeout) {
        this.response = response;
        this.stallTimeout = stallTimeout;
    }

    @Override
    public OutputStream begin(int status, Map<String, String> headers) {
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        if (!response.headers().contains("content-length")) {
            response.setChunked(true);
        }
        return new Body();
    }

    @Override
    public boolean isGone() {
        return response.closed();
    }

    private final class Body extends OutputStream {
        /** One trip to the event loop for each; also what Netty's pool hands out without asking the system. */
        private static final int CHUNK = 64 << 10;

        /** Enough for the network to be busy while the next bytes are fetched. */
        private static final int IN_FLIGHT = 16 * CHUNK;

        private final Object changed = new Object();
        private ByteBuf chunk;
        private boolean closed;

        Body() {
            response.setWriteQueueMaxSize(IN_FLIGHT);
            response.drainHandler(nothing -> wake());
            response.closeHandler(nothing -> wake());
            response.exceptionHandler(nothing -> wake());
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            while (from < offset + length) {
                if (chunk == null) {
                    chunk = PooledByteBufAllocator.DEFAULT.directBuffer(CHUNK, CHUNK);
                }
                int count = Math.min(chunk.writableBytes(), offset + length - from);
                chunk.writeBytes(bytes, from, count);
                from += count;
                if (!chunk.isWritable()) {
                    flush();
                }
            }
        }

        @Override
        @SuppressWarnings("deprecation") // the only way to send a pooled buffer without another copy
        public void flush() throws IOException {
            if (chunk == null) {
                return;
            }
            ByteBuf full = chunk;
            chunk = null;
            try {
                awaitRoom();
            } catch (IOException e) {
                full.release();
                throw e;
            }
            response.write(Buffer.buffer(full)); // Netty releases it
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            flush();
            awaitRoom();
            response.end();
        }

        private void awaitRoom() throws IOException {
            long deadline = System.nanoTime() + stallTimeout.toNanos();
            synchronized (changed) {
                while (!response.closed() && response.writeQueueFull()) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        throw new ClientGoneException("The client took nothing for " + stallTimeout.toSeconds() + " s");
                    }
                    try {
                        changed.wait(Math.max(1, left / 1_000_000));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new InterruptedIOException();
                    }
                }
            }
            if (response.closed()) {
                throw new ClientGoneException("The client has gone");
            }
        }

        private void wake() {
            synchronized (changed) {
                changed.notifyAll();
            }
        }
    }
}
