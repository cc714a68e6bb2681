package dev.wharf.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Speaks to the service over HTTP, as any other client. */
final class TrialClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI api;
    private final String token;

    TrialClient(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(api.resolve(path)).GET());
    }

    /** @return the answer, or null where the same request was carried out before (304) */
    JsonNode post(String path, Object body, String executionId) {
        return send(HttpRequest.newBuilder(api.resolve(path))
                .header("content-type", "application/json")
                .header("x-execution-id", executionId)
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    private JsonNode send(HttpRequest.Builder builder) {
        var request = builder.header("authorization", "Bearer " + token).build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw new IllegalStateException(
                        request.method() + " " + request.uri().getPath() + " was answered " + response.body());
            }
            return response.statusCode() == 304 ? null : Json.read(response.body(), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
