package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.Admission;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * How many streamed bodies are received at one time. Each holds a worker for as long as its client takes: without a
 * bound, slow lines would leave none for everybody else.
 */
public final class Bodies {
    private final Admission admission;
    private final Transfers transfers;
    private final Duration stallTimeout;

    /**
     * @param admission further ones are refused
     * @param stallTimeout how long a client may be silent
     */
    public Bodies(Admission admission, Transfers transfers, Duration stallTimeout) {
        this.admission = admission;
        this.transfers = transfers;
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
        StoreAdmission.enter(admission, exchange);
        HttpServerRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        Context loop = Vertx.currentContext();
        Runnable unwatch = transfers.watch(
                exchange.getVariable("caller"), nothing -> {}, () -> loop.runOnContext(nothing -> cut(request)));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                unwatch.run();
            }
        });
    }

    private static void cut(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
