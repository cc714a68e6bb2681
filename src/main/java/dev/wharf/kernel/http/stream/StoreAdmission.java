package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.Admission;
import dev.wharf.kernel.problem.ProblemException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/** First step of a route that waits for a store: lets in no more of them at one time than are allowed. */
public final class StoreAdmission implements Processor {
    private final Admission admission;

    public StoreAdmission(Admission admission) {
        this.admission = admission;
    }

    /**
     * @throws ProblemException 503 if as many as may are under way
     */
    @Override
    public void process(Exchange exchange) {
        enter(admission, exchange);
    }

    public static void enter(Admission admission, Exchange exchange) {
        Runnable leaving = admission.enter(exchange.getVariable("caller", Admission.Guest.class));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                leaving.run();
            }
        });
    }
}
