package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/** Sends content piece by piece, no faster than it is taken, and does not end the answer. */
public final class BodyWriter {
    /** One trip to the socket for each. */
    public static final int CHUNK = 256 << 10;

    /** Enough for the socket to be busy. */
    public static final int IN_FLIGHT = 4 * CHUNK;

    private final Promise<Void> done = Promise.promise();
    private final HttpServerResponse response;
    private final Content content;
    private final long end;
    private long position;

    private BodyWriter(HttpServerResponse response, Content content, long count) {
        this.response = response;
        this.content = content;
        end = Math.min(count, content.size());
        response.exceptionHandler(done::tryFail);
        if (end == 0) {
            done.complete();
        }
    }

    /** The first bytes, or all that there are. */
    public static Future<Void> write(HttpServerResponse response, Content content, long count) {
        var writer = new BodyWriter(response, content, count);
        writer.write();
        return writer.done.future();
    }

    /** All, in small pieces with pauses between them. */
    public static Future<Void> drip(
            HttpServerResponse response, Content content, int bytes, Duration pause, Vertx vertx) {
        var writer = new BodyWriter(response, content, content.size());
        writer.drip(bytes, Math.max(1, pause.toMillis()), vertx);
        return writer.done.future();
    }

    private void write() {
        while (position < end && isOpen()) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> write());
                return;
            }
            send(CHUNK);
        }
    }

    private void drip(int bytes, long pause, Vertx vertx) {
        if (position < end && isOpen()) {
            send(bytes);
            vertx.setTimer(pause, timer -> drip(bytes, pause, vertx));
        }
    }

    private boolean isOpen() {
        if (response.closed()) {
            done.tryFail(new ClosedChannelException());
        }
        return !response.closed();
    }

    private void send(int most) {
        Buffer piece = piece(content, position, (int) Math.min(most, end - position));
        position += piece.length();
        Future<Void> written = response.write(piece);
        if (position == end) {
            written.onComplete(done);
        }
    }

    @SuppressWarnings("deprecation") // the only way to send bytes without a copy
    public static Buffer piece(Content content, long position, int most) {
        ByteBuf bytes = content.chunk(position, most);
        return Buffer.buffer(bytes);
    }
}
