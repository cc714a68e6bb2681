package dev.wharf.kernel.http;

import dev.wharf.kernel.Admission;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ProblemDocument;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.http.contract.Contract;
import dev.wharf.kernel.http.contract.HttpOperation;
import dev.wharf.kernel.http.door.HttpDoor;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operations that can be watched: asked for {@code text/event-stream}, they send what they would answer each time that it
 * has changed, as server-sent events (WHATWG HTML, 9.2), until it is over. Camel would hold a worker for as long as one is
 * watched; here a timer asks one for a moment, once a second. With each look it is asked anew whether the caller may have it.
 */
public final class EventStreams {
    static final String TYPE = "text/event-stream";

    /** The id of the last event: a browser that comes again with it is told that there is no more. */
    private static final String LAST = "end";

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final Set<Problem> REFUSALS = Set.of(Problem.UNAUTHENTICATED, Problem.FORBIDDEN, Problem.NOT_FOUND);
    private static final long LOOK_MILLIS = 1000;
    /** Proxies take a connection for dead that says nothing for a minute. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private final Map<String, Watched> operations;
    private final Admission admission;
    private final UnaryOperator<Object> again;
    private final Duration stallTimeout;

    /** Something that can be watched. */
    @FunctionalInterface
    public interface Watched {
        /**
         * How it is now; may block.
         *
         * @param caller as they are now
         * @param id of the path
         * @throws ProblemException as the operation itself
         */
        Moment look(Object caller, long id);
    }

    /**
     * @param document what the operation answers
     * @param over whether it will not change any more
     */
    public record Moment(Object document, boolean over) {}

    /**
     * @param operations by their {@code operationId}; each has one number in its path
     * @param admission how many may be watched
     * @param again finds a caller as they are now; fails with 401 if they are nobody any more
     * @param stallTimeout how long a client may take nothing
     */
    public EventStreams(
            Map<String, Watched> operations, Admission admission, UnaryOperator<Object> again, Duration stallTimeout) {
        this.operations = Map.copyOf(operations);
        this.admission = admission;
        this.again = again;
        this.stallTimeout = stallTimeout;
    }

    /** To be called before the routes are mounted that answer everything else. */
    void mount(Router router, Contract contract, Vertx vertx) {
        for (HttpOperation operation : contract.operations()) {
            Watched watched = operations.get(operation.id());
            if (watched != null) {
                router.route(HttpMethod.GET, operation.path().replaceAll("\\{(\\w+)}", ":$1"))
                        .handler(context -> open(context, operation, watched, vertx));
            }
        }
    }

    private void open(RoutingContext context, HttpOperation operation, Watched watched, Vertx vertx) {
        var accept = Optional.ofNullable(context.request().getHeader("accept"));
        OptionalLong id = Text.wholeNumber(
                context.pathParam(operation.pathParameters().keySet().iterator().next()));
        if (!MediaTypes.chosen(accept, operation.types()).equals(TYPE) || id.isEmpty()) {
            context.next();
            return;
        }
        Object caller = context.user().attributes().getValue(HttpDoor.CALLER);
        Runnable leave;
        try {
            leave = admission.enter((Admission.Guest) caller);
        } catch (ProblemException e) {
            context.fail(e);
            return;
        }
        context.addEndHandler(ended -> leave.run()); // also where the client goes
        vertx.executeBlocking(() -> watched.look(caller, id.getAsLong()), false).onComplete(first -> {
            if (context.response().headWritten() || context.response().closed()) {
                leave.run(); // the door has said meanwhile that there is no answer, or nobody listens any more
            } else if (first.failed()) {
                context.fail(first.cause());
            } else if (first.result().over() && LAST.equals(context.request().getHeader("last-event-id"))) {
                context.response().setStatusCode(204).end();
            } else {
                new Stream(context, vertx, leave, () -> watched.look(again.apply(caller), id.getAsLong()))
                        .begin(first.result());
            }
        });
    }

    /** One that is being watched. All of it is done by the event loop of its connection, but for the looks. */
    private final class Stream {
        private final HttpServerResponse response;
        private final Vertx vertx;
        private final Runnable leave;
        private final Callable<Moment> look;
        private final long timer;
        private final Duration silence;
        private String last;
        private long lastWritten = System.nanoTime();
        private boolean looking;

        Stream(RoutingContext context, Vertx vertx, Runnable leave, Callable<Moment> look) {
            this.response = context.response();
            this.vertx = vertx;
            this.leave = leave;
            this.look = look;
            // A connection that is silent for twice the time is closed.
            Duration often = stallTimeout.dividedBy(2);
            this.silence = often.compareTo(LONGEST_SILENCE) < 0 ? often : LONGEST_SILENCE;
            this.timer = vertx.setPeriodic(Math.min(LOOK_MILLIS, silence.toMillis()), tick -> tick());
            context.addEndHandler(ended -> stop()); // also where the client goes
            response.putHeader("content-type", TYPE)
                    .putHeader("x-accel-buffering", "no") // nginx would keep events back
                    .setChunked(true);
            if (context.request().headers().contains("accept-encoding")) {
                response.putHeader("content-encoding", "identity"); // so would a compressor
            }
        }

        void begin(Moment first) {
            write("retry: 3000\n");
            show(first);
        }

        private void stop() {
            vertx.cancelTimer(timer);
            leave.run();
        }

        private void tick() {
            if (isOver()) {
                stop();
                return;
            }
            if (response.writeQueueFull()) {
                if (System.nanoTime() - lastWritten > stallTimeout.toNanos()) {
                    LOG.debug("Who watches takes nothing");
                    response.reset();
                    stop();
                }
                return;
            }
            if (!looking) {
                looking = true;
                vertx.executeBlocking(look, false).onComplete(seen -> {
                    looking = false;
                    if (isOver()) {
                        stop();
                    } else if (seen.succeeded()) {
                        show(seen.result());
                    } else {
                        refuse(Problems.of(seen.cause()));
                    }
                });
            }
        }

        private boolean isOver() {
            return response.ended() || response.closed();
        }

        private void show(Moment moment) {
            String document = Json.write(moment.document());
            if (!document.equals(last)) {
                last = document;
                write("event: progress\ndata: " + document + "\n\n");
            } else {
                keepAlive();
            }
            if (moment.over()) {
                end("event: end\nid: " + LAST + "\ndata: " + document + "\n\n");
            }
        }

        /** What may pass is looked for again; whoever may not have it any more is told so, and nothing else. */
        private void refuse(ProblemException problem) {
            if (REFUSALS.contains(problem.problem())) {
                end("event: problem\ndata: " + Json.write(ProblemDocument.of(problem)) + "\n\n");
            } else {
                LOG.debug("What is watched is looked for again: {}", problem.getMessage());
                keepAlive();
            }
        }

        private void keepAlive() {
            if (System.nanoTime() - lastWritten > silence.toNanos()) {
                write(": nothing new\n\n");
            }
        }

        private void write(String text) {
            lastWritten = System.nanoTime();
            response.write(text);
        }

        private void end(String text) {
            stop();
            write(text);
            response.end();
        }
    }
}
