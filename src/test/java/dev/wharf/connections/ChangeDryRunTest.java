package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Api.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a saved connection would become is tried before it is. */
class ChangeDryRunTest extends WharfTest {
    private final String bucket = newBucket();
    private final long id = newConnection(bucket);
    private final String path = "/v4/connections/" + id;

    @Test
    void withNothingToChangeItIsTriedAsItIs() {
        assertThat(result(dryRun("?write=true&purpose=write", Map.of()))).isEqualTo("SUCCESS");
        assertThat(S3.keys(bucket)).isEmpty();
    }

    @Test
    void anotherBucketIsTriedWithTheStoredKeyPairAndNothingChanges() {
        String other = newBucket();
        var before = API.get(path).json();

        Answer answer = dryRun("", Map.of("bucket", other));

        assertThat(result(answer)).as(answer.text()).isEqualTo("SUCCESS");
        assertThat(answer.json().at("/policy/Statement/0/Resource").asText()).isEqualTo("arn:aws:s3:::" + other);
        assertThat(answer.text()).doesNotContain(S3.accessKeyId()).doesNotContain(S3.secretAccessKey());
        assertThat(API.get(path).json()).isEqualTo(before);
    }

    @Test
    void anotherEndpointIsTriedInsteadOfTheSavedOne() {
        assertThat(result(dryRun("", Map.of("params", Map.of("endpoint", "http://127.0.0.1:1")))))
                .isEqualTo("FAILED");
        assertThat(API.get(path + "/status").json().path("result").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void aMaskedSecretIsTheStoredOneAndAnotherOneIsTried() {
        var masked = Map.of("key", S3.accessKeyId(), "secret", "********", "serverSideEncryption", "AES256");
        var wrong = Map.of("key", S3.accessKeyId(), "secret", "another-secret");

        assertThat(result(dryRun("", Map.of("credentials", List.of(masked))))).isEqualTo("SUCCESS");
        assertThat(result(dryRun("", Map.of("credentials", List.of(wrong))))).isEqualTo("FAILED");
        assertThat(API.get(path + "/status").json().path("result").asText()).isEqualTo("SUCCESS");
    }

    @ParameterizedTest
    @CsvSource({
        "credentialType, iamRoleArn",
        "name, ''",
        "bucket, s3://x",
    })
    void whatCouldNotBeSavedIsRefusedByName(String field, String value) {
        Answer answer = dryRun("", Map.of(field, value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith(field);
    }

    @Test
    void withAKeyPairForEachEverybodyTriesTheirOwn() {
        var member = newMember();
        var api = new Api(WHARF.api(), member.token());
        API.patch(path, Map.of("credentialsShared", false));
        var editor = Map.of("person", Map.of("id", member.personId()), "policyTag", "connection_editor");
        API.post(path + "/permissions", Map.of("data", List.of(editor)));
        var own = Map.of("key", S3.accessKeyId(), "secret", S3.secretAccessKey());

        Answer without = api.post(path + "/dryRun", Map.of("bucket", bucket));

        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().path("detail").asText()).contains("enter your own first");
        assertThat(result(api.post(path + "/dryRun", Map.of("credentials", List.of(own)))))
                .isEqualTo("SUCCESS");
        assertThat(api.get(path).json().path("hasCredentials").asBoolean()).isFalse();
    }

    @Test
    void itIsRecordedAsATestIsAndNotAsAChange() {
        dryRun("", Map.of("bucket", newBucket()));

        var events = API.get("/v4/auditEvents?connectionId=" + id).json().path("data");

        assertThat(events.findValuesAsText("operation")).containsExactly("dryRunPatchConnection", "createConnection");
        assertThat(events.get(0).path("outcome").asText()).isEqualTo("success");
    }

    private Answer dryRun(String query, Map<String, Object> body) {
        return API.post(path + "/dryRun" + query, body);
    }

    private static String result(Answer answer) {
        return answer.json().path("result").asText();
    }
}
