package dev.wharf.clients;

import static dev.wharf.clients.Recorded.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the Dataprep hook and operators of Apache Airflow's Google provider send, in the order of its example. */
class AirflowTest extends WharfTest {
    private static final String ROWS = "1,apple\n2,pear\n";

    private final String bucket = newBucket();
    private final long connection = newConnection(null);
    private final Recorded airflow = new Recorded(
            API,
            Map.of(
                    "Content-Type", "application/json",
                    "User-Agent", "python-requests/2.32.3",
                    "Accept-Encoding", "identity",
                    "Accept", "*/*"));

    private String uri(String path) {
        return "s3://" + bucket + "/" + path + "?connectionId=" + connection;
    }

    @Test
    void theOperatorsGoFromAnImportByACopyOfTheFlowToResultsOfBothKindsOfRuns() {
        S3.put(bucket, "in/orders.csv", ROWS.getBytes(UTF_8));
        long dataset = id(airflow.created(
                "/v4/importedDatasets", "{\"uri\": \"" + uri("in/orders.csv") + "\", \"name\": \"dataset_dataprep\"}"));
        long flow =
                id(airflow.created("/v4/flows", "{\"name\": \"test_flow_dataprep\", \"description\": \"Test flow\"}"));
        long recipe = id(airflow.created(
                "/v4/wrangledDatasets",
                "{\"importedDataset\": {\"id\": " + dataset + "}, \"flow\": {\"id\": " + flow
                        + "}, \"name\": \"wrangled_dataprep\"}"));
        long output = id(airflow.created(
                "/v4/outputObjects",
                "{\"execution\": \"photon\", \"profiler\": false, \"flowNodeId\": " + recipe + "}"));
        airflow.created(
                "/v4/writeSettings",
                "{\"path\": \"" + uri("out/adhoc_wrangled.csv")
                        + "\", \"action\": \"create\", \"format\": \"csv\", \"outputObjectId\": " + output + "}");

        long copy = id(airflow.created(
                "/v4/flows/" + flow + "/copy",
                "{\"name\": \"copy_dataset_dataprep\", \"description\": \"\", \"copyDatasources\": false}"));
        long single = id(airflow.created(
                "/v4/jobGroups",
                "{\"wrangledDataset\": {\"id\": " + recipe + "}, \"overrides\": {\"writesettings\": [{\"path\": \""
                        + uri("out/overridden.csv") + "\", \"action\": \"create\", \"format\": \"csv\"}]}}"));
        long ofFlow = id(
                airflow.created("/v4/flows/" + copy + "/run", "{}").path("data").path(0));

        for (long job : new long[] {ofFlow, single}) {
            JsonNode group = airflow.get("/v4/jobGroups/" + job + "?embed=&includeDeleted=False");
            assertThat(id(group)).isEqualTo(job);
            assertThat(airflow.get("/v4/jobGroups/" + job + "/jobs")
                            .path("data")
                            .findValuesAsText("jobType"))
                    .containsExactly("wrangle", "filewriter");
            airflow.waitFor("/v4/jobGroups/" + job + "/status");
        }
        assertThat(S3.get(bucket, "out/adhoc_wrangled_" + ofFlow + "/adhoc_wrangled.csv"))
                .asString(UTF_8)
                .isEqualTo(ROWS);
        assertThat(S3.get(bucket, "out/overridden_" + single + "/overridden.csv"))
                .asString(UTF_8)
                .isEqualTo(ROWS);

        // The example deletes the dataset before the flows that read it.
        airflow.deleted("/v4/importedDatasets/" + dataset);
        airflow.deleted("/v4/flows/" + copy);
        airflow.deleted("/v4/flows/" + flow);
        assertThat(airflow.send("GET", "/v4/flows/" + flow, null).status()).isEqualTo(410);
    }

    @Test
    void theHookFindsInARefusalWhatItLogs() {
        var refused = airflow.send("POST", "/v4/jobGroups", "{\"wrangledDataset\": {\"id\": 999999}}");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.json().path("exception").path("message").asText()).isNotBlank();
        assertThat(refused.json().path("exception").path("name").asText()).isEqualTo("DataNotFoundException");
    }
}
