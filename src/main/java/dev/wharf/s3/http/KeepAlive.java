package dev.wharf.s3.http;

import java.time.Duration;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/** For how long a connection may be used again: as the server says ({@code Keep-Alive: timeout}), and not for longer than this. */
record KeepAlive(Duration longest) implements ConnectionKeepAliveStrategy {
    @Override
    public TimeValue getKeepAliveDuration(HttpResponse answer, HttpContext context) {
        TimeValue most = TimeValue.of(longest);
        TimeValue told = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(answer, context);
        return TimeValue.isPositive(told) && told.compareTo(most) < 0 ? told : most;
    }
}
