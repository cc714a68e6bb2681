package dev.wharf.kernel.http;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * How many streamed bodies are received at one time. Each holds a worker for as long as its client takes: without a
 * bound, slow lines would leave none for everybody else.
 */
public final class Bodies {
    private final Semaphore free;
    private final Duration stallTimeout;

    /**
     * @param most at one time; further ones are refused
     * @param stallTimeout how long a client may be silent
     */
    public Bodies(int most, Duration stallTimeout) {
        this.free = new Semaphore(most);
        this.stallTimeout = stallTimeout;
    }

    Duration stallTimeout() {
        return stallTimeout;
    }

    /**
     * Takes a place until the exchange is over.
     *
     * @throws ProblemException 503 if there is none
     */
    void enter(Exchange exchange) {
        if (!free.tryAcquire()) {
            throw new ProblemException(
                    Problem.UNAVAILABLE,
                    "As many uploads as may (wharf.uploads.max-concurrent) are under way; try again in a moment");
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                free.release();
            }
        });
    }
}
