package dev.wharf.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.faulty.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;

/** The service as a client sees it, each answer of which has to be one that {@code openapi.yaml} declares. */
public final class Api {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI address;
    private final String token;
    private final boolean tolerated;

    public Api(URI address, String token) {
        this(address, token, false);
    }

    private Api(URI address, String token, boolean tolerated) {
        this.address = address;
        this.token = token;
        this.tolerated = tolerated;
    }

    /** The same service with another token. */
    public Api as(String other) {
        return new Api(address, other, tolerated);
    }

    /**
     * The same for requests that are taken although no schema allows them: quoted ids, fields that ask for nothing,
     * what an answer had and is sent back.
     */
    public Api tolerated() {
        return new Api(address, token, true);
    }

    /** An answer: its status, its headers, its text. */
    public record Answer(int status, Map<String, java.util.List<String>> headers, String text) {
        public JsonNode json() {
            return Json.read(text, JsonNode.class);
        }
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, String json) {
        return send(request(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer post(String path, Object body) {
        return post(path, Json.write(body));
    }

    public Answer patch(String path, Object body) {
        return with("PATCH", path, body);
    }

    public Answer put(String path, Object body) {
        return with("PUT", path, body);
    }

    private Answer with(String method, String path, Object body) {
        return send(request(path)
                .header("content-type", "application/json")
                .method(method, BodyPublishers.ofString(Json.write(body))));
    }

    /** Begins a session of the page: the cookie, as a browser sends it. */
    public String session() {
        var answer = send(request("/session").POST(BodyPublishers.noBody()));
        return answer.headers().get("set-cookie").get(0).split(";")[0];
    }

    /** A request to be completed and sent. */
    public HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(address.resolve(path));
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    /** @throws AssertionError where {@code openapi.yaml} does not declare the answer, or allow what was accepted */
    public Answer send(HttpRequest.Builder builder) {
        try {
            var request = builder.build();
            var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            var answer = new Answer(response.statusCode(), response.headers().map(), response.body());
            ContractCheck.service().check(request, answer, tolerated);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
