package dev.wharf.uploads;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;

/** Ends a service's process as {@code kill -9} does, before the step of a route that {@code -Dtest.dies-before} names. */
public final class DiesBefore implements InterceptStrategy {
    static final String STEP = "test.dies-before";

    /** What the process ends with. */
    static final int KILLED = 137;

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        if (!step.getId().equals(System.getProperty(STEP))) {
            return target;
        }
        return exchange -> Runtime.getRuntime().halt(KILLED);
    }
}
