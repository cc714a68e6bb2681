package dev.wharf.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.S3Server;
import dev.wharf.testing.api.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Flows whose jobs run, or fail if their name begins with that. */
record FlowJobs(Api api, S3Server s3, String bucket, long connection) {
    private static long id(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    long newFlow() {
        return id(api.post("/v4/flows", Map.of("name", "flow \"" + UUID.randomUUID() + "\"", "description", "")));
    }

    /** Starts a job over a new recipe of the flow. */
    long run(long flow, String name) {
        String key = "in/" + UUID.randomUUID() + ".csv";
        s3.put(bucket, key, "id\n1\n".getBytes(UTF_8));
        long dataset = id(api.post("/v4/importedDatasets", Map.of("uri", uri(key), "name", "orders")));
        long recipe = id(api.post(
                "/v4/wrangledDatasets",
                Map.of("importedDataset", Map.of("id", dataset), "flow", Map.of("id", flow), "name", name)));
        if (name.startsWith("failing")) {
            s3.put(bucket, key, "id,other\n1,2,3,4\n".getBytes(UTF_8)); // not what was imported
        }
        String path = uri("out/" + UUID.randomUUID() + ".csv");
        return id(api.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", recipe),
                        "overrides",
                        Map.of(
                                "execution",
                                "photon",
                                "profiler",
                                false,
                                "writesettings",
                                List.of(Map.of("path", path, "action", "create", "format", "csv"))))));
    }
}
