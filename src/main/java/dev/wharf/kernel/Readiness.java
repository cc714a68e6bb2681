package dev.wharf.kernel;

import dev.wharf.kernel.sql.Database;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** One thing without which the service is alive and of no use. What it is called is what a stranger may know of it. */
public final class Readiness extends AbstractHealthCheck {
    private final BooleanSupplier isThere;

    /**
     * @param isThere may take its time: whoever asks for the health waits for it a second at most
     */
    private Readiness(String name, BooleanSupplier isThere) {
        super("wharf", name);
        this.isThere = isThere;
    }

    /** What every part of the service needs. */
    public static List<Readiness> of(Database database, Broker broker) {
        return List.of(
                new Readiness("database", () -> database.answers(1)),
                new Readiness("pool", () -> !database.isExhausted()),
                new Readiness("disk", () -> !database.space().isLow()),
                new Readiness("broker", broker::answers));
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        result.state(isThere.getAsBoolean() ? HealthCheck.State.UP : HealthCheck.State.DOWN);
    }
}
