package dev.wharf.testing.faulty;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** An answer that never ends: as quickly as it is taken, or a piece after each pause. It counts what it has sent. */
public final class EndlessAnswer {
    private final int status;
    private final Buffer start;
    private final Buffer piece;
    private final Duration pause;
    private final AtomicLong sent = new AtomicLong();

    private EndlessAnswer(int status, String start, String piece, Duration pause) {
        this.status = status;
        this.start = Buffer.buffer(start);
        this.piece = Buffer.buffer(piece);
        this.pause = pause;
    }

    public static EndlessAnswer quick(int status, String start, String again) {
        return new EndlessAnswer(status, start, again.repeat(1 + (64 << 10) / again.length()), Duration.ZERO);
    }

    public static EndlessAnswer slow(int status, String start, String again, Duration pause) {
        return new EndlessAnswer(status, start, again, pause);
    }

    /** In bytes, to all who asked; some of it only as far as a socket's buffers. */
    public long sent() {
        return sent.get();
    }

    Future<Void> pour(HttpServerRequest request, Vertx vertx) {
        HttpServerResponse response = request.response().setStatusCode(status).setChunked(true);
        response.putHeader("Content-Type", "application/xml");
        Promise<Void> done = Promise.promise();
        write(response, start, vertx, done);
        return done.future();
    }

    private void write(HttpServerResponse response, Buffer bytes, Vertx vertx, Promise<Void> done) {
        if (response.closed()) {
            done.tryFail("the client is gone");
            return;
        }
        response.write(bytes).onFailure(done::tryFail).onSuccess(written -> {
            sent.addAndGet(bytes.length());
            if (pause.isZero()) {
                vertx.runOnContext(next -> write(response, piece, vertx, done));
            } else {
                vertx.setTimer(pause.toMillis(), timer -> write(response, piece, vertx, done));
            }
        });
    }
}
