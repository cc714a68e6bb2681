package dev.wharf.clients;

import static dev.wharf.clients.Recorded.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What Saagie's external job for this API sends, in JavaScript: it offers flows and their recipes, saves the write
 * settings in the output object or hands them to the job, and knows the output of a recipe by {@code flowNode.id}.
 */
class SaagieTest extends WharfTest {
    private static final String ROWS = "1,apple\n";

    private final String bucket = newBucket();
    private final Api person = API.as(newMember().token());
    private final long connection = newConnection(person, null);
    private final Recorded axios = new Recorded(
            person,
            Map.of(
                    "Content-Type", "application/json",
                    "Accept", "application/json, text/plain, */*",
                    "User-Agent", "axios/0.21.1"));

    private String settings(String name) {
        return "[{\"path\":\"s3://" + bucket + "/out/" + name + "?connectionId=" + connection
                + "\",\"action\":\"create\",\"format\":\"csv\"}]";
    }

    @Test
    void aJobIsStartedBySettingsThatAreSavedOrHandedOver() {
        S3.put(bucket, "in.csv", ROWS.getBytes(UTF_8));
        long dataset = id(axios.created(
                "/v4/importedDatasets",
                "{\"name\":\"in\",\"uri\":\"s3://" + bucket + "/in.csv?connectionId=" + connection + "\"}"));
        String name = "saagie " + UUID.randomUUID();
        long flow = id(axios.created("/v4/flows", "{\"name\":\"" + name + "\"}"));
        long recipe = id(axios.created(
                "/v4/wrangledDatasets",
                "{\"name\":\"r\",\"importedDataset\":{\"id\":" + dataset + "},\"flow\":{\"id\":" + flow + "}}"));
        assertThat(axios.get("/v4/flows").path("data").findValuesAsText("name")).contains(name);
        assertThat(of(axios.get("/v4/wrangledDatasets"), "flow", flow)).isNotNull();
        assertThat(of(axios.get("/v4/outputObjects"), "flowNode", recipe)).isNull();

        axios.created(
                "/v4/outputObjects",
                "{\"execution\":\"photon\",\"profiler\":false,\"isAdhoc\":true,\"writeSettings\":"
                        + settings("first.csv") + ",\"flowNode\":{\"id\":" + recipe + "}}");
        long first = start(recipe, "{}");
        long output = id(of(axios.get("/v4/outputObjects"), "flowNode", recipe));
        assertThat(axios.send(
                                "PUT",
                                "/v4/outputObjects/" + output,
                                "{\"execution\":\"photon\",\"profiler\":false,\"isAdhoc\":true,\"writeSettings\":"
                                        + settings("second.csv") + "}")
                        .status())
                .isEqualTo(200);
        long second = start(recipe, "{}");
        long third = start(
                recipe,
                "{\"execution\":\"photon\",\"profiler\":false,\"isAdhoc\":true,\"writesettings\":"
                        + settings("third.csv") + "}");

        for (long job : new long[] {first, second, third}) {
            axios.waitFor("/v4/jobGroups/" + job + "/status");
        }
        assertThat(S3.keys(bucket))
                .contains(
                        "out/first_" + first + "/first.csv",
                        "out/second_" + second + "/second.csv",
                        "out/third_" + third + "/third.csv");
        assertThat(axios.send("POST", "/v4/jobGroups/" + first + "/cancel", "{}")
                        .status())
                .isEqualTo(409);
        var logs = axios.send("GET", "/v4/jobGroups/" + first + "/logs", null);
        assertThat(logs.headers().get("content-type")).containsExactly("application/zip");
    }

    private long start(long recipe, String overrides) {
        return id(axios.created(
                "/v4/jobGroups",
                "{\"wrangledDataset\":{\"id\":" + recipe
                        + "},\"runParameters\":{\"overrides\":{\"data\":[]}},\"overrides\":" + overrides + "}"));
    }

    /** The newest that refers to something; null if none does. */
    private static JsonNode of(JsonNode list, String reference, long id) {
        for (JsonNode each : list.path("data")) {
            if (each.path(reference).path("id").asLong() == id) {
                return each;
            }
        }
        return null;
    }
}
