package dev.wharf.testing.faulty;

import dev.wharf.store.StoreAccess;
import dev.wharf.testing.S3Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands in front of an {@link S3Server} and misbehaves on demand. Everything else passes through unchanged, the signed
 * {@code Host} included.
 */
public final class FaultyS3 implements Faulty, AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Faults faults = new Faults(vertx, true);
    private final S3Server target;
    private final HttpClient client;
    private final HttpServer server;

    private FaultyS3(S3Server target) {
        this.target = target;
        client = vertx.createHttpClient();
        server = await(vertx.createHttpServer(new HttpServerOptions()
                        .setMaxInitialLineLength(16 << 10)
                        .setHttp2ClearTextEnabled(false) // as S3, which speaks HTTP/1.1 only
                        .setHandle100ContinueAutomatically(true))
                .requestHandler(request -> {
                    request.pause();
                    faults.meet(request, () -> forward(request));
                })
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

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private Future<Answer> forward(HttpServerRequest request) {
        Future<Buffer> body = request.body();
        request.resume();
        return body.compose(content -> forward(request, content));
    }

    private Future<Answer> forward(HttpServerRequest request, Buffer body) {
        return client.request(new RequestOptions()
                        .setMethod(request.method())
                        .setHost("127.0.0.1")
                        .setPort(target.endpoint().getPort())
                        .setURI(request.uri()))
                .compose(out -> {
                    request.headers().forEach((name, value) -> {
                        if (!name.equalsIgnoreCase("Expect") && !name.equalsIgnoreCase("Transfer-Encoding")) {
                            out.putHeader(name, value);
                        }
                    });
                    return out.send(body);
                })
                .compose(in -> in.body().map(content -> {
                    var answered = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
                    in.headers().forEach(answered::put);
                    return new Answer(in.statusCode(), answered, Content.of(content));
                }));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The faulty S3 server did not start or stop", e);
        }
    }
}
