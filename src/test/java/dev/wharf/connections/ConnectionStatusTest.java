package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Api.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Testing a connection, saved or not. */
class ConnectionStatusTest extends WharfTest {
    private final String bucket = newBucket();

    @Test
    void aSavedConnectionIsTriedAndTheBucketOnlyRead() {
        S3.put(bucket, "in/a.csv", new byte[] {1});

        Answer answer = API.get(status() + "?purpose=read");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("result").asText()).isEqualTo("SUCCESS");
        assertThat(answer.json().path("message").asText()).isEqualTo("The connection works");
        assertThat(outcome(answer, "listBuckets")).isEqualTo("allowed");
        assertThat(outcome(answer, "listObjects")).isEqualTo("allowed");
        assertThat(outcome(answer, "getObject")).isEqualTo("allowed");
        assertThat(outcome(answer, "putObject")).isEqualTo("skipped");
        assertThat(answer.json().at("/policy/Statement/0/Resource").asText()).isEqualTo("arn:aws:s3:::" + bucket);
        assertThat(answer.text()).doesNotContain(S3.secretAccessKey());
    }

    @Test
    void writingIsTriedWhereItIsAskedForAndLeavesNothing() {
        Answer answer = API.get(status() + "?write=true&purpose=write&path=s3://" + bucket + "/in/");

        assertThat(answer.json().path("result").asText()).as(answer.text()).isEqualTo("SUCCESS");
        assertThat(outcome(answer, "putObject")).isEqualTo("allowed");
        assertThat(outcome(answer, "abortUpload")).isEqualTo("allowed");
        assertThat(outcome(answer, "deleteObject")).isEqualTo("allowed");
        assertThat(row(answer, "putObject").path("key").asText()).startsWith("in/.wharf-connection-test-");
        assertThat(answer.json().at("/settings/conditionalWrites").asBoolean()).isTrue();
        assertThat(answer.json().at("/settings/checksums").asText()).isNotEmpty();
        assertThat(S3.keys(bucket)).isEmpty();
        assertThat(S3.uploads(bucket)).isEmpty();
    }

    @Test
    void aDryRunRegistersNothingAndShowsNoSecret() {
        String before = API.get("/v4/connections?limit=1&includeCount=true")
                .json()
                .path("count")
                .asText();
        String name = "dry run " + UUID.randomUUID();

        Answer answer = dryRun("?write=true", body(name, S3.accessKeyId(), S3.secretAccessKey()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("result").asText()).isEqualTo("SUCCESS");
        assertThat(answer.text()).doesNotContain(S3.secretAccessKey()).doesNotContain(S3.accessKeyId());
        assertThat(API.get("/v4/connections?limit=1&includeCount=true")
                        .json()
                        .path("count")
                        .asText())
                .isEqualTo(before);
        assertThat(API.post("/v4/connections", body(name, S3.accessKeyId(), "another"))
                        .status())
                .isEqualTo(201);
        assertThat(S3.keys(bucket)).isEmpty();
    }

    @Test
    void aWrongSecretIsSaidInPlainWords() {
        String wrong = "wrong-secret-" + UUID.randomUUID();

        Answer answer = dryRun("", body("wrong secret", S3.accessKeyId(), wrong));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("result").asText()).isEqualTo("FAILED");
        assertThat(answer.json().path("message").asText()).contains("the secret does not belong to the access key id");
        assertThat(outcome(answer, "listObjects")).isEqualTo("skipped");
        assertThat(answer.text()).doesNotContain(wrong);
    }

    @Test
    void eachOperationIsToldAsSoonAsItWasTriedAndTheFieldThatIsToBlameIsNamed() {
        var request = API.request("/v4/connections/dryRun").header("accept", "application/x-ndjson");
        String sent = Json.write(body("as lines", S3.accessKeyId(), "wrong"));

        Answer answer =
                API.send(request.header("content-type", "application/json").POST(BodyPublishers.ofString(sent)));

        var lines = answer.text()
                .lines()
                .map(line -> Json.read(line, JsonNode.class))
                .toList();
        assertThat(lines.subList(0, lines.size() - 1))
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.path("type").asText().equals("row"));
        assertThat(lines.get(0).at("/row/field").asText()).isEqualTo("credentials[0].secret");
        assertThat(lines.get(lines.size() - 1).at("/report/result").asText()).isEqualTo("FAILED");
    }

    @Test
    void aWrongKeyIdIsSaidInPlainWords() {
        Answer answer = dryRun("", body("wrong key", "AKIAWRONG", "secret-of-nobody"));

        assertThat(answer.json().path("result").asText()).isEqualTo("FAILED");
        assertThat(answer.json().path("message").asText()).contains("does not know the access key id");
        assertThat(answer.text()).doesNotContain("secret-of-nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {" pasted", "pasted ", "pasted\n", "\tpasted"})
    void blanksAroundAKeyAreNamed(String secret) {
        Answer answer = dryRun("", body("blank", "AKIAEXAMPLE", secret));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText())
                .isEqualTo("credentials[0].secret begins or ends with a blank or a line end: paste it again without");
    }

    @ParameterizedTest
    @CsvSource({
        "write=yes, write",
        "purpose=all, purpose",
        "bucket=s3://x, bucket",
        "path=in/, path must be s3://",
        "path=s3://, path",
        "path=s3://other/?connectionId=1000000, path",
        "bucket=one&path=s3://two/, bucket"
    })
    void whatCannotBeTriedIsRefusedByName(String query, String field) {
        Answer answer = API.get(status() + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith(field);
    }

    @Test
    void anotherPersonsConnectionIsNotTried() {
        var stranger = new Api(WHARF.api(), newMember().token());

        assertThat(stranger.get(status()).status()).isEqualTo(404);
    }

    private String status() {
        return "/v4/connections/" + newConnection(bucket) + "/status";
    }

    private static Answer dryRun(String query, Map<String, Object> body) {
        return API.post("/v4/connections/dryRun" + query, body);
    }

    private Map<String, Object> body(String name, String key, String secret) {
        return new HashMap<>(Map.of(
                "vendor",
                "aws",
                "type",
                "remotefile",
                "credentialType",
                "keySecret",
                "name",
                name,
                "bucket",
                bucket,
                "params",
                Map.of("endpoint", S3.endpoint().toString()),
                "credentials",
                List.of(Map.of("key", key, "secret", secret))));
    }

    private static String outcome(Answer answer, String operation) {
        return row(answer, operation).path("outcome").asText();
    }

    private static JsonNode row(Answer answer, String operation) {
        return StreamSupport.stream(answer.json().path("rows").spliterator(), false)
                .filter(row -> row.path("operation").asText().equals(operation))
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation + " is not in " + answer.text()));
    }
}
