package dev.wharf.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of two who change one thing at a time, the second overwrites nothing that they have not seen. */
class VersionsTest extends WharfTest {
    private final String bucket = newBucket();
    private final long connection = newConnection(bucket);

    private String made(String what) {
        S3.put(bucket, "in/a.csv", "id\n1\n".getBytes());
        return switch (what) {
            case "connections" -> "/v4/connections/" + connection;
            case "schedules" -> "/v4/schedules/" + id(API.post("/v4/schedules", schedule("first")));
            default ->
                "/v4/importedDatasets/"
                        + id(API.post("/v4/importedDatasets", Map.of("uri", source(), "name", "first")));
        };
    }

    private static long id(Api.Answer made) {
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asLong();
    }

    private String source() {
        return "s3://" + bucket + "/in/?connectionId=" + connection;
    }

    private Map<String, Object> schedule(String name) {
        return Map.of(
                "name",
                name,
                "triggers",
                List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "0 0 1 1 *")))),
                "tasks",
                List.of(Map.of("importSource", Map.of("source", Map.of("uri", source(), "name", name)))));
    }

    private Object body(String method, String path, String name) {
        if (path.contains("schedules")) {
            return schedule(name);
        }
        if (method.equals("PUT") && path.contains("connections")) {
            return Map.of(
                    "vendor",
                    "aws",
                    "type",
                    "remotefile",
                    "credentialType",
                    "keySecret",
                    "name",
                    name + connection,
                    "bucket",
                    bucket,
                    "params",
                    Map.of("endpoint", S3.endpoint().toString()));
        }
        return Map.of("name", name + connection);
    }

    private Api.Answer change(String method, String path, String name, String version) {
        return API.send(API.request(path)
                .header("content-type", "application/json")
                .header("If-Match", version)
                .method(method, BodyPublishers.ofString(Json.write(body(method, path, name)))));
    }

    private static String version(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.headers().get("etag").get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, connections",
        "PUT, connections",
        "PUT, schedules",
        "PATCH, importedDatasets",
        "PUT, importedDatasets"
    })
    void whoHasNotSeenTheLastChangeIsToldAndOverwritesNothing(String method, String what) {
        String path = made(what);
        String seen = version(API.get(path));

        String next = version(change(method, path, "second", seen));
        var refused = change(method, path, "third", seen);

        assertThat(next).isNotEqualTo(seen).isEqualTo(version(API.get(path)));
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.json().path("detail").asText()).contains("changed by somebody else", "read it again");
        assertThat(API.get(path).json().path("name").asText()).startsWith("second");
        version(change(method, path, "fourth", next));
        version(change(method, path, "fifth", "*"));
    }

    @Test
    void whichFieldsAreShownMakesNoOtherVersion() {
        String path = made("connections");

        assertThat(version(API.get(path + "?fields=name&embed=creator"))).isEqualTo(version(API.get(path)));
    }
}
