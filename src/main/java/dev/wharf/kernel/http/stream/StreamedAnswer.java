package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.problem.ClientGoneException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** An {@link Answer} that a worker writes and the event loop sends. */
public final class StreamedAnswer implements Answer {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Duration stallTimeout;
    private final Context context = Vertx.currentContext();
    private final Transfers transfers;
    private final Object caller;
    private AnswerBody body;
    private boolean begun;
    private Set<String> headers = Set.of();
    private final List<Runnable> ifRefused = new ArrayList<>();
    private Runnable unwatch = () -> {};
    private volatile Consumer<Object> check = nothing -> {};

    /**
     * To be called by the worker.
     *
     * @param stallTimeout how long the client may take nothing
     */
    public StreamedAnswer(HttpServerRequest request, Duration stallTimeout, Transfers transfers, Object caller) {
        this.transfers = transfers;
        this.caller = caller;
        this.request = request;
        this.response = request.response();
        this.stallTimeout = stallTimeout;
    }

    @Override
    public OutputStream begin(int status, Map<String, String> values) {
        begun = true;
        headers = values.keySet();
        response.setStatusCode(status);
        values.forEach(response::putHeader);
        String length = response.headers().get("content-length");
        if (length == null) {
            response.setChunked(true);
        } else if (request.headers().contains("accept-encoding")) {
            // Bytes that are counted are sent as they are. With HTTP/1.1 Vert.x takes this header away again.
            response.putHeader("content-encoding", "identity");
        }
        if (request.method() == HttpMethod.HEAD) {
            end();
            return new HeadOnly();
        }
        body = new AnswerBody(response, context, stallTimeout, length == null ? null : Long.valueOf(length));
        unwatch = transfers.watch(caller, now -> check.accept(now), body::leave);
        return body;
    }

    @Override
    public void takeBack() {
        if (!response.headWritten()) {
            headers.forEach(response.headers()::remove);
        }
    }

    private void end() {
        try {
            EventLoop.run(context, stallTimeout, response::end);
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onlyWhile(Consumer<Object> allowed) {
        check = allowed;
    }

    /** The answer has ended with its head: whoever goes on to write learns that nobody listens. */
    private static final class HeadOnly extends OutputStream {
        @Override
        public void write(int one) throws ClientGoneException {
            throw new ClientGoneException("Only the head was asked for");
        }
    }

    @Override
    public boolean hasBegun() {
        return begun;
    }

    @Override
    public void header(String name, String value) {
        response.putHeader(name, value);
    }

    @Override
    public void ifRefused(Runnable action) {
        ifRefused.add(action);
    }

    @Override
    public void refused() {
        ifRefused.forEach(Runnable::run);
        ifRefused.clear();
    }

    @Override
    public boolean isGone() {
        return response.closed() || body != null && body.isGone();
    }

    @Override
    public void whenGone(Runnable action) {
        if (body != null) {
            body.whenGone(action);
        }
    }

    /** The conversation is over: gives back what was not sent. */
    public void free() {
        unwatch.run();
        if (body != null) {
            body.free();
        }
    }
}
