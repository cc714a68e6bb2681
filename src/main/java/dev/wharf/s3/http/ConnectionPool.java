package dev.wharf.s3.http;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections of one client. They outlive an {@link Error} within a request, after which HttpClient closes what it has;
 * only {@link #shutDown} ends them.
 */
final class ConnectionPool implements HttpClientConnectionManager {
    private static final ScheduledThreadPoolExecutor IDLE = new ScheduledThreadPoolExecutor(1, work -> {
        var thread = new Thread(work, "idle-connections");
        thread.setDaemon(true);
        return thread;
    });

    static {
        IDLE.setRemoveOnCancelPolicy(true);
    }

    private final PoolingHttpClientConnectionManager pool;
    private final Future<?> closingIdle;

    ConnectionPool(HttpSettings settings) {
        pool = Connections.pool(settings);
        long pause = settings.maxIdle().toMillis();
        closingIdle = IDLE.scheduleWithFixedDelay(
                () -> pool.closeIdle(TimeValue.of(settings.maxIdle())), pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public LeaseRequest lease(String id, HttpRoute route, Timeout timeout, Object state) {
        return new SafeLease(
                pool.lease(id, route, timeout, state),
                endpoint -> pool.release(endpoint, null, TimeValue.ZERO_MILLISECONDS));
    }

    @Override
    public void release(ConnectionEndpoint endpoint, Object state, TimeValue keepAlive) {
        pool.release(endpoint, state, keepAlive);
    }

    @Override
    public void connect(ConnectionEndpoint endpoint, TimeValue timeout, HttpContext context) throws IOException {
        pool.connect(endpoint, timeout, context);
    }

    @Override
    public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
        pool.upgrade(endpoint, context);
    }

    @Override
    public void close(CloseMode mode) {
        // An Error has ended a request, not this client.
    }

    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }

    void shutDown() {
        closingIdle.cancel(false);
        pool.close(CloseMode.IMMEDIATE);
    }
}
