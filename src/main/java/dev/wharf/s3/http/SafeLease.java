package dev.wharf.s3.http;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.util.Timeout;

/**
 * Waits for a connection. One that comes in the moment in which its thread is interrupted goes back to the pool, which
 * would else be smaller by it for ever.
 */
record SafeLease(LeaseRequest lease, Consumer<ConnectionEndpoint> giveBack) implements LeaseRequest {
    @Override
    public ConnectionEndpoint get(Timeout patience) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return lease.get(patience);
        } catch (InterruptedException e) {
            if (!lease.cancel()) {
                giveBack.accept(lease.get(patience));
            }
            throw e;
        }
    }

    @Override
    public boolean cancel() {
        return lease.cancel();
    }
}
