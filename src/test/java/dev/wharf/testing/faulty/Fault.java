package dev.wharf.testing.faulty;

import dev.wharf.testing.stub.BodyWriter;
import dev.wharf.testing.stub.PageFaults;
import dev.wharf.testing.stub.StubS3;
import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What goes wrong, and how often: once, if nothing else is said. */
public final class Fault {
    interface Effect {
        Future<Void> happen(HttpServerRequest request, Supplier<Future<Answer>> store);
    }

    static final Effect NONE = (request, store) -> store.get().compose(answer -> answer.send(request));

    private final Vertx vertx;
    private final Predicate<Faults.Request> kind;
    private final AtomicInteger spared = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger(1);
    private volatile Effect effect = NONE;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean abrupt;

    Fault(Vertx vertx, Predicate<Faults.Request> kind) {
        this.vertx = vertx;
        this.kind = kind;
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

    /** The request waits before anything happens to it. Alone, this is no more than latency. */
    public Fault delay(Duration time) {
        delay = time;
        return this;
    }

    /** An S3 error; with status 200, an error inside a success. */
    public Fault answer(int status, String code) {
        return answer(status, code, "", Map.of());
    }

    public Fault answer(int status, String code, String message, Map<String, String> headers) {
        return answering(Answer.error(status, code, message, headers));
    }

    /** Exactly this, and the store never hears of the request. */
    public Fault answerWith(int status, Map<String, String> headers, String body) {
        return answering(new Answer(status, headers, Content.of(body)));
    }

    /** The answer begins, and there is no end of it. */
    public Fault neverEnd(EndlessAnswer answer) {
        return effect((request, store) -> drain(request).compose(drained -> answer.pour(request, vertx)));
    }

    /** The answer lacks this header, and its XML this element. */
    public Fault leaveOut(String header, String element) {
        return altering((request, answer) -> answer.without(header).isXml()
                ? rewritten(answer, xml -> xml.replaceAll("<" + element + "(/>|>[^<]*</" + element + ">)", ""))
                : answer);
    }

    /** The bucket is in another region, as S3 says it: 301 without an address. */
    public Fault permanentRedirect(String region) {
        return answer(301, "PermanentRedirect", "", Map.of("x-amz-bucket-region", region));
    }

    /** The request belongs elsewhere, as S3 says it of new buckets: 307 with an address. */
    public Fault temporaryRedirect(URI location) {
        return answer(307, "TemporaryRedirect", "", Map.of("Location", location.toString()));
    }

    /** The request is taken, and no answer ever comes. */
    public Fault neverAnswer() {
        return effect((request, store) ->
                drain(request).compose(drained -> Promise.<Void>promise().future()));
    }

    /** The connection breaks before the store hears of the request. */
    public Fault breakOff() {
        return effect((request, store) -> drain(request).compose(drained -> close(request)));
    }

    /** The store does what was asked, and the connection breaks before the answer. */
    public Fault loseAnswer() {
        return effect((request, store) -> store.get().compose(answer -> close(request)));
    }

    /** The connection breaks in the middle of the answer's body, whose announced length is the whole one. */
    public Fault breakBodyAfter(long bytes) {
        return effect((request, store) -> store.get()
                .compose(answer -> BodyWriter.write(answer.begin(request), answer.body(), bytes))
                .compose(written -> close(request)));
    }

    /** Broken connections end with a reset, which may overtake bytes that were sent before, and not in good order. */
    public Fault abruptly() {
        abrupt = true;
        return this;
    }

    /** The body ends too early and says that this is all there is. */
    public Fault shortenBody(long bytes) {
        return altering((request, answer) -> answer.withBody(
                answer.body().slice(0, Math.min(bytes, answer.body().size()))));
    }

    /** The body comes in pieces of this size, one after each pause. */
    public Fault drip(int bytes, Duration pause) {
        return effect((request, store) -> store.get()
                .compose(answer -> BodyWriter.drip(answer.begin(request), answer.body(), bytes, pause, vertx)
                        .compose(written -> request.response().end())));
    }

    /** Every page of the listing ends with the token of the first one. */
    public Fault repeatToken() {
        return rewriteBody(PageFaults.repeatedToken());
    }

    /** The page says that there are more, and not where. */
    public Fault loseToken() {
        return rewriteBody(PageFaults::withoutToken);
    }

    /** The page is empty and not the last; what belongs on it comes with the next one. Only by a {@link StubS3}. */
    public Fault emptyPage() {
        return altering((request, answer) -> rewritten(answer, page -> PageFaults.emptied(request, page)));
    }

    public Fault rewriteBody(UnaryOperator<String> rewriting) {
        return altering((request, answer) -> rewritten(answer, rewriting));
    }

    public Fault replaceHeader(String name, String value) {
        return altering((request, answer) -> answer.with(name, value));
    }

    private Fault answering(Answer answer) {
        return effect((request, store) -> drain(request).compose(drained -> answer.send(request)));
    }

    private Fault altering(BiFunction<Faults.Request, Answer, Answer> change) {
        return effect((request, store) -> store.get()
                .compose(answer -> change.apply(Faults.arrived(request), answer).send(request)));
    }

    private static Answer rewritten(Answer answer, UnaryOperator<String> rewriting) {
        String text = new String(answer.body().bytes(), StandardCharsets.UTF_8);
        return answer.withBody(Content.of(rewriting.apply(text)));
    }

    private Fault effect(Effect chosen) {
        effect = chosen;
        return this;
    }

    Effect effect() {
        return effect;
    }

    Duration delay() {
        return delay;
    }

    boolean takes(Faults.Request request) {
        return (effect != NONE || !delay.isZero())
                && kind.test(request)
                && spared.getAndUpdate(count -> Math.max(0, count - 1)) == 0
                && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    /** A client that is still sending would not listen. */
    private static Future<Void> drain(HttpServerRequest request) {
        request.resume();
        return request.end();
    }

    private Future<Void> close(HttpServerRequest request) {
        if (abrupt) {
            ((ConnectionBase) request.connection()).channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        return request.connection().close();
    }
}
