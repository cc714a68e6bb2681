package dev.wharf.jobs;

import dev.wharf.camel.Records;
import dev.wharf.camel.VariablesInSql;
import dev.wharf.kernel.PollFailure;
import dev.wharf.kernel.http.ProblemResponder;
import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.HandOperated;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.DefaultConfigurationConfigurer;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** {@code routes/jobs.camel.yaml} by hand: what processes send when their timers fire, one at a time. */
public final class JobRoutes implements AutoCloseable {
    private final HandOperated timers = new HandOperated();
    private final HandOperated queues = new HandOperated();
    private final DelegatingDataSource registry = new DelegatingDataSource();
    private final Present present = new Present();
    private final DefaultCamelContext context = new DefaultCamelContext();

    /** The beans of the process whose turn it is. */
    public static final class Present {
        private Jobs jobs;

        public void renew() {
            jobs.renew();
        }

        public void takeOver() {
            jobs.takeOver();
        }

        public JobTimes times() {
            return jobs.times();
        }
    }

    public JobRoutes() {
        try {
            bind(context.getRegistry());
            DefaultConfigurationConfigurer.afterConfigure(context);
            context.addComponent("timer", timers);
            context.addComponent("jms", queues);
            for (String file : List.of("problems", "jobs")) {
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(PluginHelper.getResourceLoader(context)
                                .resolveResource("file:routes/" + file + ".camel.yaml"));
            }
            context.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** On which registry all that follows is done. */
    public void on(Database database) {
        registry.setTargetDataSource(database.dataSource());
    }

    private void bind(Registry registry) {
        registry.bind("dataSource", this.registry);
        registry.bind("records", new Records());
        registry.bind("variablesInSql", new VariablesInSql());
        registry.bind("problemResponder", new ProblemResponder());
        registry.bind("pollFailure", new PollFailure());
        registry.bind("jobs", present);
    }

    /** Where messages are sent to. */
    public HandOperated queues() {
        return queues;
    }

    /** What a process sends when it looks for what is due. */
    public List<HandOperated.Sent> due(Jobs jobs) {
        present.jobs = jobs;
        try {
            timers.begin("sendDueJobs", null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return queues.sent();
    }

    /** What a route does that has made a job due; says what the queue was told. */
    public HandOperated.Sent send(Jobs jobs, DueMessage message) {
        present.jobs = jobs;
        Exchange exchange = context.createProducerTemplate()
                .send("direct:sendJobMessage", sending -> sending.setVariable("due", message));
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
        return queues.sent().get(0);
    }

    @Override
    public void close() {
        context.stop();
    }
}
