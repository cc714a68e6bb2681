package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tests of schedules ask of the API. */
final class ScheduleCalls {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Api api;

    ScheduleCalls(Api api) {
        this.api = api;
    }

    /** A schedule that comes due once a year. */
    static Map<String, Object> yearly(Object... tasks) {
        return new HashMap<>(Map.of(
                "name",
                "Partner",
                "triggers",
                List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "0 0 1 1 *")))),
                "tasks",
                List.of(tasks)));
    }

    static Map<String, Object> importing(Map<String, Object> source, Map<String, Object> more) {
        Map<String, Object> task = new HashMap<>(Map.of("source", source));
        task.putAll(more);
        return Map.of("importSource", task);
    }

    /** A job with one CSV file as its result. */
    static Map<String, Object> writing(String path) {
        return Map.of(
                "runJob",
                Map.of(
                        "overrides",
                        Map.of("writesettings", List.of(Map.of("path", path, "format", "csv", "action", "create")))));
    }

    long create(Map<String, Object> body) {
        var answer = api.post("/v4/schedules", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    JsonNode get(long id) {
        return api.get("/v4/schedules/" + id).json();
    }

    Api.Answer put(String path) {
        return api.send(api.request(path).PUT(BodyPublishers.noBody()));
    }

    JsonNode runs(long id) {
        return api.get("/v4/schedules/" + id + "/runs").json().path("data");
    }

    /** Runs a schedule now, and waits for the end of that. */
    JsonNode run(long id) {
        int before = runs(id).size();
        begin(id);
        return await().atMost(PATIENCE)
                .until(
                        () -> runs(id),
                        runs -> runs.size() > before
                                && !runs.path(0).path("status").asText().equals("InProgress"))
                .path(0);
    }

    /** Asks for a run. */
    void begin(long id) {
        var answer = api.send(api.request("/v4/schedules/" + id + "/run").POST(BodyPublishers.noBody()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    /** The job that a run has started, once it is over. */
    JsonNode job(JsonNode run) {
        return job(run.path("jobGroup").path("id").asLong());
    }

    JsonNode job(long id) {
        String path = "/v4/jobGroups/" + id;
        return await().atMost(PATIENCE)
                .until(() -> api.get(path).json(), job -> List.of("Complete", "Failed", "Canceled")
                        .contains(job.path("status").asText()));
    }

    /** The keys of the dataset that a run has made. */
    List<String> keys(JsonNode run) {
        return api.get("/v4/importedDatasets/" + run.path("importedDataset").path("id") + "/files")
                .json()
                .path("data")
                .findValuesAsText("key");
    }
}
