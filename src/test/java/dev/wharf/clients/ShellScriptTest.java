package dev.wharf.clients;

import static dev.wharf.clients.Recorded.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Scripts with curl as the vendor's pages show them: an address and a password, a job by its recipe's id, a loop until it ends. */
class ShellScriptTest extends WharfTest {
    private static final String ROWS = "1,apple\n2,pear\n";

    private final String bucket = newBucket();
    private final String email = "script-" + UUID.randomUUID() + "@example.com";
    private final Recorded curl = new Recorded(
            new Api(WHARF.api(), null),
            Map.of(
                    "Authorization", basic(),
                    "Content-type", "application/json",
                    "Accept", "*/*",
                    "User-Agent", "curl/7.68.0"));
    private final long connection = connection();

    private String basic() {
        assertThat(API.post(
                                "/v4/people",
                                Map.of("email", email, "name", "Script", "password", "correct horse battery staple"))
                        .status())
                .isEqualTo(201);
        return "Basic " + Base64.getEncoder().encodeToString((email + ":correct horse battery staple").getBytes(UTF_8));
    }

    private long connection() {
        return id(curl.created(
                "/v4/connections",
                "{ \"vendor\": \"aws\", \"vendorName\": \"aws\", \"type\": \"remotefile\", \"credentialType\": \"keySecret\","
                        + " \"name\": \"script " + UUID.randomUUID() + "\", \"params\": {\"endpoint\": \""
                        + S3.endpoint()
                        + "\"}, \"isGlobal\": false, \"credentials\": [{\"key\": \"" + S3.accessKeyId()
                        + "\", \"secret\": \"" + S3.secretAccessKey() + "\"}] }"));
    }

    private String uri(String path) {
        return "s3://" + bucket + "/" + path + "?connectionId=" + connection;
    }

    @Test
    void aJobIsRunPolledPublishedAndFetchedByTheIdsInItsAnswers() {
        S3.put(bucket, "in/customer_1.csv", ROWS.getBytes(UTF_8));
        long dataset = id(curl.created(
                "/v4/importedDatasets",
                "{ \"uri\": \"" + uri("in/customer_1.csv")
                        + "\", \"name\": \"customers\", \"detectStructure\": true }"));
        long flow = id(curl.created("/v4/flows", "{ \"name\": \"script\", \"description\": \"\" }"));
        long recipe = id(curl.created(
                "/v4/wrangledDatasets",
                "{ \"importedDataset\": {\"id\": " + dataset + "}, \"flow\": {\"id\": " + flow
                        + "}, \"name\": \"customers\" }"));

        JsonNode started = curl.created(
                "/v4/jobGroups",
                "{  \"wrangledDataset\": {\"id\": " + recipe
                        + " }, \"overrides\": { \"execution\": \"photon\", \"profiler\": false,"
                        + "\"writesettings\": [{\"path\":\"" + uri("out/customer_output.csv")
                        + "\", \"action\": \"create\",\"format\": \"csv\",\"compression\": \"none\",\"header\": false,"
                        + "\"asSingleFile\": true} ]},\"runParameters\": {\"overrides\": {\"data\": []} }, \"ranfrom\": \"ui\" }");
        long job = id(started);
        assertThat(started.path("reason").asText()).isEqualTo("JobStarted");
        assertThat(started.path("sessionId").asText()).isNotBlank();
        assertThat(started.path("jobs").path("data").path(0).path("id").asLong())
                .isPositive();
        curl.waitFor("/v4/jobGroups/" + job + "/status");

        JsonNode group = curl.get("/v4/jobGroups/" + job + "?embed=wrangledDataset.recipe,creator,jobs");
        assertThat(group.path("status").asText()).isEqualTo("Complete");
        assertThat(group.path("wrangledDataset").path("recipe").path("name").asText())
                .isEqualTo("customers");
        assertThat(group.path("creator").path("email").asText()).isEqualTo(email);
        assertThat(curl.get("/v4/jobGroups/" + job + "/outputs")
                        .path("files")
                        .path(0)
                        .path("uri")
                        .asText())
                .isEqualTo(uri("out/customer_output_" + job + "/customer_output.csv"));

        // A job's id is its status' id with a slash as well, and the address may be in lower case.
        curl.waitFor("/v4/jobgroups/" + job + "/status/");
        long again = curl.send("PUT", "/v4/jobGroups/" + job + "/publish", "{ \"path\": \"" + uri("copies/") + "\" }")
                .json()
                .path("jobgroupId")
                .asLong();
        curl.waitFor("/v4/jobGroups/" + again + "/status");
        String copy = curl.get("/v4/jobGroups/" + again + "/outputs")
                .path("files")
                .path(0)
                .path("uri")
                .asText();
        String folder = "s3://" + bucket + "/";
        assertThat(copy).startsWith(folder + "copies/").endsWith("/customer_output.csv?connectionId=" + connection);
        assertThat(S3.get(bucket, copy.substring(folder.length(), copy.indexOf('?'))))
                .asString(UTF_8)
                .isEqualTo(ROWS);
        curl.deleted("/v4/flows/" + flow);
        curl.deleted("/v4/importedDatasets/" + dataset);
    }

    @Test
    void aTableAsTheVendorsPageShowsItIsRefusedByNameAndSaysWhatToSendInstead() {
        S3.put(bucket, "in/t.csv", ROWS.getBytes(UTF_8));
        long dataset = id(curl.created("/v4/importedDatasets", "{\"uri\":\"" + uri("in/t.csv") + "\",\"name\":\"t\"}"));
        long job = id(curl.created(
                "/v4/jobGroups",
                "{\"wrangledDataset\":{\"id\":" + dataset + "},\"overrides\":{\"writesettings\":[{\"path\":\""
                        + uri("out/t.csv") + "\",\"action\":\"create\",\"format\":\"csv\"}]}}"));
        curl.waitFor("/v4/jobGroups/" + job + "/status");

        var table = curl.send(
                "PUT",
                "/v4/jobGroups/" + job + "/publish",
                "{ \"connection\": { \"id\": 1 }, \"path\": [\"default\"], \"table\": \"test_table\", \"action\": \"create\","
                        + " \"inputFormat\": \"pqt\", \"flowNodeId\": " + dataset + " }");

        assertThat(table.status()).isEqualTo(400);
        assertThat(table.json().path("detail").asText()).contains("table names a table", "s3://<bucket>/<folder>/");
    }
}
