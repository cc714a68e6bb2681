package dev.wharf.testing;

import dev.wharf.s3.StoreAccess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Stands in front of an {@link S3Server} and misbehaves on demand: {@code faults.on("PUT", "key").answer(503,
 * "SlowDown").times(2)}. Everything else passes through unchanged, the signed {@code Host} included.
 */
public final class FaultyS3 implements AutoCloseable {
    /** A request that arrived, by its raw address. */
    public record Request(String method, String uri, Map<String, String> headers) {}

    private record Answer(int status, Map<String, String> headers, Buffer body) {}

    private final Vertx vertx = Vertx.vertx();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final S3Server target;
    private final HttpClient client;
    private final HttpServer server;

    private FaultyS3(S3Server target) {
        this.target = target;
        client = vertx.createHttpClient();
        server = await(vertx.createHttpServer(new HttpServerOptions()
                        .setMaxInitialLineLength(16 << 10)
                        .setHandle100ContinueAutomatically(true))
                .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)))
                .listen(0, "127.0.0.1"));
    }

    public static FaultyS3 before(S3Server target) {
        return new FaultyS3(target);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    public StoreAccess access() {
        return target.access(endpoint());
    }

    /** The next request of this method whose raw address contains this text meets a fault. */
    public Fault on(String method, String uriPart) {
        Fault fault = new Fault(method, uriPart);
        faults.add(fault);
        return fault;
    }

    /** Heals everything and forgets what arrived. */
    public void reset() {
        faults.clear();
        requests.clear();
    }

    /** What has arrived so far. */
    public List<Request> requests(String method, String uriPart) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.uri().contains(uriPart))
                .toList();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private void handle(HttpServerRequest request, Buffer body) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(headers::put);
        requests.add(new Request(request.method().name(), request.uri(), headers));
        for (Fault fault : faults) {
            if (fault.takes(request)) {
                fault.happen(request, headers, body);
                return;
            }
        }
        forward(request, headers, body).onSuccess(answer -> relay(request, answer));
    }

    private Future<Answer> forward(HttpServerRequest request, Map<String, String> headers, Buffer body) {
        return client.request(new RequestOptions()
                        .setMethod(request.method())
                        .setHost("127.0.0.1")
                        .setPort(target.endpoint().getPort())
                        .setURI(request.uri()))
                .compose(out -> {
                    headers.forEach((name, value) -> {
                        if (!name.equalsIgnoreCase("Expect") && !name.equalsIgnoreCase("Transfer-Encoding")) {
                            out.putHeader(name, value);
                        }
                    });
                    return out.send(body);
                })
                .compose(in -> in.body().map(content -> {
                    var answered = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
                    in.headers().forEach(answered::put);
                    return new Answer(in.statusCode(), answered, content);
                }))
                .onFailure(failure -> request.connection().close());
    }

    private static HttpServerResponse begin(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response().setStatusCode(answer.status());
        answer.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Transfer-Encoding")) {
                response.putHeader(name, value);
            }
        });
        if (request.method() != HttpMethod.HEAD && answer.status() != 204) {
            response.putHeader("Content-Length", String.valueOf(answer.body().length()));
        }
        return response;
    }

    private static void relay(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = begin(request, answer);
        if (request.method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(answer.body());
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The faulty S3 server did not start or stop", e);
        }
    }

    /** What goes wrong, and how often: once, if nothing else is said. */
    public final class Fault {
        private interface Effect {
            void happen(HttpServerRequest request, Map<String, String> headers, Buffer body);
        }

        private final String method;
        private final String uriPart;
        private final AtomicInteger spared = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger(1);
        private volatile Effect effect;

        private Fault(String method, String uriPart) {
            this.method = method;
            this.uriPart = uriPart;
        }

        public Fault times(int count) {
            left.set(count);
            return this;
        }

        public Fault always() {
            return times(Integer.MAX_VALUE);
        }

        /** Lets the first requests pass. */
        public Fault after(int count) {
            spared.set(count);
            return this;
        }

        /** An S3 error; with status 200, an error inside a success. */
        public Fault answer(int status, String code) {
            return answer(status, code, "", Map.of());
        }

        public Fault answer(int status, String code, String message, Map<String, String> headers) {
            return answerWith(
                    status,
                    headers,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message
                            + "</Message><RequestId>1</RequestId></Error>");
        }

        /** Exactly this, and the store never hears of the request. */
        public Fault answerWith(int status, Map<String, String> headers, String body) {
            return effect((request, sent, content) -> relay(request, new Answer(status, headers, Buffer.buffer(body))));
        }

        /** The connection breaks before the store hears of the request. */
        public Fault breakOff() {
            return effect((request, headers, body) -> request.connection().close());
        }

        /** The store does what was asked, and the connection breaks before the answer. */
        public Fault loseAnswer() {
            return effect((request, headers, body) -> forward(request, headers, body)
                    .onSuccess(answer -> request.connection().close()));
        }

        /** The connection breaks in the middle of the answer's body. */
        public Fault breakBodyAfter(int bytes) {
            return effect((request, headers, body) -> forward(request, headers, body)
                    .onSuccess(answer -> begin(request, answer)
                            .write(answer.body()
                                    .slice(0, Math.min(bytes, answer.body().length())))
                            .onComplete(written -> request.connection().close())));
        }

        public Fault rewriteBody(UnaryOperator<String> rewriting) {
            return effect((request, headers, body) -> forward(request, headers, body)
                    .onSuccess(answer -> relay(
                            request,
                            new Answer(
                                    answer.status(),
                                    answer.headers(),
                                    Buffer.buffer(rewriting.apply(answer.body().toString()))))));
        }

        public Fault replaceHeader(String name, String value) {
            return effect(
                    (request, headers, body) -> forward(request, headers, body).onSuccess(answer -> {
                        answer.headers().put(name, value);
                        relay(request, answer);
                    }));
        }

        private Fault effect(Effect chosen) {
            effect = chosen;
            return this;
        }

        private boolean takes(HttpServerRequest request) {
            return effect != null
                    && request.method().name().equals(method)
                    && request.uri().contains(uriPart)
                    && spared.getAndUpdate(count -> Math.max(0, count - 1)) == 0
                    && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
        }

        private void happen(HttpServerRequest request, Map<String, String> headers, Buffer body) {
            effect.happen(request, headers, body);
        }
    }
}
