package dev.wharf.webhooks;

import dev.wharf.network.EndpointRules;
import dev.wharf.network.ForbiddenAddressException;
import dev.wharf.network.GuardedHttp;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends webhooks, to where {@link GuardedHttp} leads, and for a bounded time, whatever the other side does. Of an answer the
 * beginning is read.
 */
final class WebhookClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookClient.class);
    private static final int READ_BYTES = 1000;

    private final Duration timeout;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "webhook-timeouts");
        thread.setDaemon(true);
        return thread;
    });

    /** @param timeout of one exchange, from its begin to its end */
    WebhookClient(EndpointRules rules, Duration timeout) {
        this.timeout = timeout;
        this.client = GuardedHttp.client(rules, timeout)
                .setConnectionReuseStrategy((request, response, context) -> false)
                .build();
    }

    /** Sends a message once. What goes wrong is part of the answer, and names the host alone of its address. */
    WebhookAnswer send(WebhookMessage message) {
        var uri = WebhookAddress.of(message.target().url());
        var request = new HttpUriRequestBase(message.method(), uri);
        message.headers().forEach(request::setHeader);
        if (message.body() != null) {
            request.setEntity(new ByteArrayEntity(message.body(), null));
        }
        var late = new AtomicBoolean();
        var deadline = watch.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return exchange(request, message.target());
        } catch (ForbiddenAddressException e) {
            return WebhookAnswer.never(e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.debug("A webhook to {} was not delivered", uri.getHost(), e);
            return WebhookAnswer.none(uri.getHost() + " " + reason(e, late.get()));
        } finally {
            deadline.cancel(false);
        }
    }

    private WebhookAnswer exchange(HttpUriRequestBase request, WebhookTarget target) throws IOException {
        ClassicHttpResponse response = client.executeOpen(null, request, null);
        try {
            return WebhookAnswer.of(
                    request.getAuthority().getHostName(), response.getCode(), target.masked(beginning(response)));
        } finally {
            request.cancel(); // what is left of the answer may have no end
            try {
                response.close();
            } catch (IOException e) {
                LOG.trace("What was left of an answer is not read", e);
            }
        }
    }

    private static String beginning(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        byte[] bytes = entity.getContent().readNBytes(READ_BYTES);
        return new String(bytes, StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
    }

    private String reason(Exception failure, boolean late) {
        if (late || failure instanceof InterruptedIOException && !(failure instanceof ConnectTimeoutException)) {
            return "has not answered within " + timeout.toSeconds() + " s";
        }
        if (failure instanceof UnknownHostException) {
            return "is not known by that name";
        }
        if (failure instanceof ConnectTimeoutException || failure instanceof ConnectException) {
            return "cannot be connected to";
        }
        if (failure instanceof SSLException) {
            return "cannot be spoken to over TLS: " + failure.getMessage();
        }
        return "broke off: " + failure.getClass().getSimpleName();
    }

    @Override
    public void close() {
        watch.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
