package dev.wharf.s3.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

class SafeLeaseTest {
    @Test
    void aConnectionThatComesInTheMomentOfAnInterruptGoesBack() throws Exception {
        try (var pool = new PoolingHttpClientConnectionManager()) {
            var route = new HttpRoute(new HttpHost("127.0.0.1", 80));
            List<ConnectionEndpoint> back = new ArrayList<>();
            LeaseRequest lease = pool.lease("1", route, Timeout.ofSeconds(1), null);

            assertThatThrownBy(() -> new SafeLease(new Interrupted(lease), back::add).get(Timeout.ofSeconds(1)))
                    .isInstanceOf(InterruptedException.class);

            assertThat(back).containsExactly(lease.get(Timeout.ofSeconds(1)));
        }
    }

    /** Is interrupted once, when the connection is there already. */
    private static final class Interrupted implements LeaseRequest {
        private final LeaseRequest lease;
        private boolean before;

        Interrupted(LeaseRequest lease) {
            this.lease = lease;
        }

        @Override
        public ConnectionEndpoint get(Timeout patience) throws InterruptedException {
            if (!before) {
                before = true;
                throw new InterruptedException();
            }
            try {
                return lease.get(patience);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean cancel() {
            return lease.cancel();
        }
    }
}
