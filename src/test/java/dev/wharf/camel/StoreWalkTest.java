package dev.wharf.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Place;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.RouteTest;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A walk ends with its exchange, however that ends. */
class StoreWalkTest extends RouteTest {
    /** Held, they would be 20 MB; each is an exchange of its own, which is what takes the time. */
    private static final int MANY = 200_000;

    private static final long MEGABYTE = 1 << 20;

    private final Counted store = new Counted();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger after = new AtomicInteger();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    /** A bucket that holds nothing and lists very many objects, and says how many were asked for. */
    private static final class Counted extends MemoryStore {
        private final AtomicInteger read = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
            return IntStream.range(0, MANY)
                    .mapToObj(number -> {
                        read.incrementAndGet();
                        return object(prefix + number);
                    })
                    .onClose(closed::incrementAndGet);
        }
    }

    private Exchange walk(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        return template.send("direct:walk", this::atThePlace);
    }

    private void atThePlace(Exchange exchange) {
        exchange.setVariable("place", new Place(store, "bucket", "in/"));
    }

    private void failAtTheThousandth(Exchange exchange) {
        if (seen.incrementAndGet() == 1_000) {
            throw new IllegalArgumentException("the thousandth");
        }
    }

    private static RouteBuilder routes(Consumer<RouteBuilder> routes) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                routes.accept(this);
            }
        };
    }

    @Test
    void veryManyObjectsPassThroughInFlatMemory() throws Exception {
        var used = new ArrayList<Long>();
        var exchange = walk(routes(builder -> builder.from("direct:walk")
                .to("store:walk")
                .split(builder.body())
                .streaming()
                .process(step -> {
                    if (seen.incrementAndGet() % (MANY / 4) == 1) {
                        System.gc();
                        used.add(Runtime.getRuntime().totalMemory()
                                - Runtime.getRuntime().freeMemory());
                    }
                })));

        assertThat(exchange.getException()).isNull();
        assertThat(seen).hasValue(MANY);
        assertThat(store.closed).hasPositiveValue();
        assertThat(used).hasSize(4);
        assertThat(used.get(3)).isLessThan(used.get(0) + 6 * MEGABYTE);
    }

    @Test
    void aFailureEndsIt() throws Exception {
        var exchange = walk(routes(builder -> builder.from("direct:walk")
                .to("store:walk")
                .split(builder.body())
                .streaming()
                .stopOnException()
                .process(this::failAtTheThousandth)
                .end()
                .process(step -> after.incrementAndGet())));

        assertThat(exchange.getException()).hasRootCauseMessage("the thousandth");
        assertEndedSoonBehind(1_000);
    }

    @Test
    void aFailureThatIsAnsweredEndsIt() throws Exception {
        var exchange = walk(routes(builder -> {
            builder.onException(Exception.class).handled(true).setBody(builder.constant("answered"));
            builder.from("direct:walk")
                    .to("store:walk")
                    .split(builder.body())
                    .streaming()
                    .stopOnException()
                    .process(this::failAtTheThousandth)
                    .end()
                    .process(step -> after.incrementAndGet());
        }));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("answered");
        assertEndedSoonBehind(1_000);
    }

    @Test
    void aFailureThatIsCaughtEndsIt() throws Exception {
        var exchange = walk(routes(builder -> builder.from("direct:walk")
                .doTry()
                .to("store:walk")
                .split(builder.body())
                .streaming()
                .stopOnException()
                .process(this::failAtTheThousandth)
                .end()
                .process(step -> after.incrementAndGet())
                .endDoTry()
                .doCatch(Exception.class)
                .setBody(builder.constant("caught"))
                .end()));

        assertThat(exchange.getMessage().getBody()).isEqualTo("caught");
        assertEndedSoonBehind(1_000);
    }

    @Test
    void stopEndsIt() throws Exception {
        walk(routes(builder -> builder.from("direct:walk")
                .to("store:walk")
                .split(builder.body())
                .streaming()
                .stopOnException()
                .filter(step -> seen.incrementAndGet() == 500)
                .stop()
                .end()
                .end()
                .process(step -> after.incrementAndGet())));

        assertEndedSoonBehind(500);
    }

    private void assertEndedSoonBehind(int objects) {
        assertThat(store.read.get()).isBetween(objects, objects + 2);
        assertThat(store.closed).hasPositiveValue();
        assertThat(after).hasValue(0);
    }

    @Test
    void aContextThatStopsEndsItThoughAStepHangsAndAHalfIsNoWhole() throws Exception {
        context.addRoutes(routes(builder -> builder.from("direct:walk")
                .to("store:walk")
                .split(builder.body())
                .streaming()
                .stopOnException()
                .process(step -> {
                    stuck.countDown();
                    awaitUninterruptibly(release);
                })
                .end()
                .process(step -> after.incrementAndGet())));
        ProducerTemplate apart = context.createProducerTemplate();
        var walking = apart.asyncSend("direct:walk", this::atThePlace);
        stuck.await();
        context.getExecutorServiceManager().setShutdownAwaitTermination(100);

        context.stop();

        assertThat(store.closed).as("while the step hangs").hasPositiveValue();
        release.countDown();
        await().until(walking::isDone);
        assertThat(walking.get().getException()).isNotNull();
        assertThat(store.read.get()).isLessThan(5);
        assertThat(after).hasValue(0);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = true;
        while (interrupted) {
            try {
                latch.await();
                interrupted = false;
            } catch (InterruptedException e) {
                // The context interrupts what does not end; this step hangs all the same.
                interrupted = true;
            }
        }
    }

    @Test
    void aVariableCanReceiveItAndTheBodyStays() throws Exception {
        context.addRoutes(routes(builder -> builder.from("direct:walk").toV("store:walk", null, "objects")));

        var exchange = template.send("direct:walk", walking -> {
            atThePlace(walking);
            walking.getMessage().setBody("kept");
        });

        assertThat(exchange.getMessage().getBody()).isEqualTo("kept");
        assertThat(exchange.getVariable("objects")).isInstanceOf(ObjectWalk.class);
        assertThat(store.closed).hasPositiveValue();
        assertThat(store.read).hasValue(0);
    }
}
