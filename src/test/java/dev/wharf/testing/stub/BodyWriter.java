package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import io.netty.buffer.ByteBuf;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/** Sends content piece by piece, no faster than it is taken, and does not end the answer. */
public final class BodyWriter {
    /** One trip to the socket for each. */
    public static final int CHUNK = 256 << 10;

    /** Enough for the socket to be busy. */
    private static final int CHUNKS_IN_FLIGHT = 4;

    /** The same in bytes. */
    public static final int IN_FLIGHT = CHUNKS_IN_FLIGHT * CHUNK;

    private final Promise<Void> done = Promise.promise();
    private final HttpServerResponse response;
    private final Content content;
    private final long end;
    /** Over TLS, what is not encrypted yet is in no queue that Vert.x looks at: the pieces under way are counted instead. */
    private final boolean secured;

    private long position;
    private int inFlight;
    private boolean waiting;

    private BodyWriter(HttpServerRequest request, Content content, long count) {
        response = request.response();
        secured = request.isSSL();
        this.content = content;
        end = Math.min(count, content.size());
        response.exceptionHandler(done::tryFail);
        if (end == 0) {
            done.complete();
        }
    }

    /** The first bytes, or all that there are. */
    public static Future<Void> write(HttpServerRequest request, Content content, long count) {
        var writer = new BodyWriter(request, content, count);
        writer.write();
        return writer.done.future();
    }

    /** All, in small pieces with pauses between them. */
    public static Future<Void> drip(
            HttpServerRequest request, Content content, int bytes, Duration pause, Vertx vertx) {
        var writer = new BodyWriter(request, content, content.size());
        writer.drip(bytes, Math.max(1, pause.toMillis()), vertx);
        return writer.done.future();
    }

    private void write() {
        while (position < end && isOpen()) {
            if (secured && inFlight == CHUNKS_IN_FLIGHT) {
                waiting = true;
                return;
            }
            if (!secured && response.writeQueueFull()) {
                response.drainHandler(drained -> write());
                return;
            }
            Future<Void> written = send(CHUNK);
            if (secured) {
                inFlight++;
                written.onComplete(this::written);
            }
        }
    }

    private void written(AsyncResult<Void> result) {
        inFlight--;
        if (result.failed()) {
            done.tryFail(result.cause());
        } else if (waiting) {
            waiting = false;
            write();
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

    private Future<Void> send(int most) {
        Buffer piece = piece(content, position, (int) Math.min(most, end - position));
        position += piece.length();
        Future<Void> written = response.write(piece);
        if (position == end) {
            written.onComplete(done);
        }
        return written;
    }

    @SuppressWarnings("deprecation") // the only way to send bytes without a copy
    public static Buffer piece(Content content, long position, int most) {
        ByteBuf bytes = content.chunk(position, most);
        return Buffer.buffer(bytes);
    }
}
