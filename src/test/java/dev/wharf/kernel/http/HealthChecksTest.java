package dev.wharf.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();

    private final class Stuck extends AbstractHealthCheck {
        Stuck() {
            super("test", "stuck");
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            looks.incrementAndGet();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            result.up();
        }
    }

    private static final class Sound extends AbstractHealthCheck {
        Sound() {
            super("test", "sound");
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            result.up();
        }
    }

    @Test
    void whatDoesNotAnswerSoonIsDownAndIsAskedOnceHoweverManyAsk() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("one", new Stuck());
            camel.getRegistry().bind("other", new Sound());
            camel.start();
            var checks = new HealthChecks(camel);

            for (int ask = 0; ask < 3; ask++) {
                assertThat(checks.states(check -> true).get(10, TimeUnit.SECONDS))
                        .containsEntry("stuck", State.DOWN)
                        .containsEntry("sound", State.UP);
            }
            assertThat(looks).hasValue(1);
            over.countDown();
        }
    }
}
