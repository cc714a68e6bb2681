package dev.wharf.network;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Sends documents to addresses of others ({@link GuardedHttp}), and does not read what it is answered. */
public final class GuardedPost implements AutoCloseable {
    private final CloseableHttpClient client;

    /** @param patience for a connection, and for each answer */
    public GuardedPost(EndpointRules rules, Duration patience) {
        this.client = GuardedHttp.client(rules, patience).build();
    }

    /**
     * Sends a document.
     *
     * @param headers beside its type
     * @return the status of the answer
     * @throws ForbiddenAddressException if the host leads where nobody may
     */
    public int send(URI to, String json, Map<String, String> headers) throws IOException {
        var request = new HttpPost(to);
        headers.forEach(request::setHeader);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        try (var answer = client.executeOpen(null, request, null)) {
            return answer.getCode();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
