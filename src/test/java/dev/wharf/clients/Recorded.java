package dev.wharf.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;

/** A client that sends what was read in its source, address by address: its own headers, and its bodies as it writes them. */
final class Recorded {
    private static final String BOUNDARY = "f1a0c5de9b2b4ce3";

    private final Api api;
    private final Map<String, String> headers;

    /**
     * @param headers of every request, beside the token
     */
    Recorded(Api api, Map<String, String> headers) {
        this.api = api.tolerated();
        this.headers = headers;
    }

    Api.Answer send(String method, String path, String body) {
        HttpRequest.Builder request = api.request(path);
        headers.forEach(request::setHeader);
        return api.send(request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    JsonNode get(String path) {
        return expect(200, send("GET", path, null));
    }

    JsonNode created(String path, String body) {
        return expect(201, send("POST", path, body));
    }

    void deleted(String path) {
        assertThat(send("DELETE", path, null).status()).as(path).isEqualTo(204);
    }

    /** A file in the field {@code file} of a form, with no headers but those that a form needs. */
    JsonNode form(String path, String fileName, String content) {
        return expect(
                201,
                api.send(api.request(path)
                        .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofString("--" + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                                + "\"\r\n\r\n" + content + "\r\n--" + BOUNDARY + "--\r\n"))));
    }

    /** Asks until the answer is that a job is complete; fails at once where it never will be. */
    void waitFor(String status) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            String text = get(status).asText();
            assertThat(text).isIn("Created", "InProgress", "Complete");
            return text.equals("Complete");
        });
    }

    static JsonNode expect(int status, Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json();
    }

    static long id(JsonNode object) {
        assertThat(object.path("id").isIntegralNumber()).as(object.toString()).isTrue();
        return object.path("id").asLong();
    }
}
