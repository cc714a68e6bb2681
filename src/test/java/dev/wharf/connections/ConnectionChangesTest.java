package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionChangesTest extends WharfTest {
    private final String bucket = newBucket();
    private final long id = newConnection(bucket);
    private final String path = "/v4/connections/" + id;

    @Test
    void whatAPatchDoesNotNameStays() {
        var before = API.get(path).json();

        var changed = API.patch(path, Map.of("description", "partner's drop", "params", Map.of("region", "eu-west-1")));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("id", "updater", "createdAt", "updatedAt");
        var after = API.get(path).json();
        assertThat(after.path("description").asText()).isEqualTo("partner's drop");
        assertThat(after.path("params").path("region").asText()).isEqualTo("eu-west-1");
        assertThat(after.path("params").path("endpoint"))
                .isEqualTo(before.path("params").path("endpoint"));
        assertThat(after.path("name")).isEqualTo(before.path("name"));
        assertThat(after.path("bucket").asText()).isEqualTo(bucket);
        assertWorks(API);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"vendor\":\"aws\"}", "{\"updatedAt\":\"2026-01-01T00:00:00.000Z\"}"})
    void aPatchOfNothingThatCanBeChangedIsToldWhatCan(String body) {
        var answer = API.patch(path, Json.read(body, JsonNode.class));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("credentials[0]", "description", "params");
    }

    @Test
    void whatIsNotKnownIsRefusedAlsoWhereSomethingElseIs() {
        assertThat(detail(Map.of("description", "new", "flows", 3))).startsWith("flows is not known here");
        assertThat(detail(Map.of("secret", "s"))).contains("did you mean credentials[0].secret?");
        assertThat(detail(Map.of("params", Map.of("regoin", "x")))).contains("did you mean region?");
        assertThat(detail(Map.of("name", "new", "id", id + 1))).startsWith("id cannot be changed");
    }

    private String detail(Object patch) {
        var answer = API.patch(path, patch);
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().path("detail").asText();
    }

    @Test
    void whatWasReadIsTakenBack() {
        assertThat(API.tolerated().patch(path, API.get(path).json()).status()).isEqualTo(200);
        assertThat(API.tolerated().put(path, API.get(path).json()).status()).isEqualTo(200);
    }

    @Test
    void nullTakesAFieldAway() {
        Map<String, Object> none = new HashMap<>();
        none.put("bucket", null);

        assertThat(API.patch(path, none).status()).isEqualTo(200);

        assertThat(API.get(path).json().path("bucket").isNull()).isTrue();
    }

    @Test
    void putReplacesAllButTheSecrets() {
        var body = Map.of(
                "vendor", "aws",
                "type", "remotefile",
                "credentialType", "keySecret",
                "name", "renamed " + UUID.randomUUID(),
                "params", Map.of("endpoint", S3.endpoint().toString()));

        assertThat(API.put(path, body).status()).isEqualTo(200);

        var after = API.get(path).json();
        assertThat(after.path("name").asText()).isEqualTo(body.get("name"));
        assertThat(after.path("bucket").isNull()).isTrue();
        assertThat(after.path("hasCredentials").asBoolean()).isTrue();
        assertWorks(API);
    }

    @Test
    void whatWasReadCanBeSentBack() {
        assertThat(API.tolerated().put(path, API.get(path).json()).status()).isEqualTo(200);
        assertWorks(API);
    }

    @ParameterizedTest
    @CsvSource({"vendor,postgres", "type,jdbc", "credentialType,awsKeySecret", "vendorName,other"})
    void theKindOfAConnectionCannotChange(String field, String value) {
        var answer = API.patch(path, Map.of(field, value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains(field, "cannot be changed");
    }

    @Test
    void aPublicConnectionCannotBecomePrivate() {
        assertThat(API.patch(path, Map.of("isGlobal", true)).status()).isEqualTo(200);

        var answer = API.patch(path, Map.of("isGlobal", false));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("isGlobal", "cannot become private");
    }

    @ParameterizedTest
    @CsvSource({"''", "********", "\u2022\u2022\u2022\u2022"})
    void aMaskedSecretStays(String mask) {
        var credentials = List.of(Map.of("key", S3.accessKeyId(), "secret", mask));

        assertThat(API.patch(path, Map.of("credentials", credentials)).status()).isEqualTo(200);

        assertWorks(API);
    }

    @Test
    void anotherKeyNeedsItsSecret() {
        var answer = API.patch(path, Map.of("credentials", List.of(Map.of("key", "AKIAOTHER", "secret", "****"))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("credentials[0].secret");
        assertWorks(API);
    }

    @Test
    void aNewKeyPairCountsFromTheNextRequestOn() {
        API.patch(path, Map.of("credentials", List.of(Map.of("key", "AKIAOTHER", "secret", "wrong"))));
        assertThat(listing(API).status()).isEqualTo(403);

        API.patch(
                path, Map.of("credentials", List.of(Map.of("key", S3.accessKeyId(), "secret", S3.secretAccessKey()))));

        assertWorks(API);
    }

    @Test
    void encryptionCanChangeWithoutTheSecret() {
        var credentials = List.of(Map.of("serverSideEncryption", "aws:kms"));

        var answer = API.patch(path, Map.of("credentials", credentials));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("serverSideKmsKeyId");
        assertThat(API.patch(path, Map.of("credentials", List.of(Map.of("serverSideEncryption", "AES256"))))
                        .status())
                .isEqualTo(200);
        assertWorks(API);
    }

    @Test
    void aNameThatTheOwnerHasAlreadyIsRefused() {
        String taken = API.get("/v4/connections/" + newConnection(bucket))
                .json()
                .path("name")
                .asText();

        var answer = API.patch(path, Map.of("name", taken.toUpperCase()));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).startsWith("name");
    }

    @Test
    void withAKeyPairForEachEverybodyEntersTheirOwn() {
        var member = newMember();
        var api = new Api(WHARF.api(), member.token());
        API.patch(path, Map.of("credentialsShared", false));
        API.post(
                path + "/permissions",
                Map.of(
                        "data",
                        List.of(Map.of("person", Map.of("id", member.personId()), "policyTag", "connection_viewer"))));
        assertThat(listing(api).json().path("detail").asText()).contains("enter your own first");
        assertThat(api.get(path).json().path("hasCredentials").asBoolean()).isFalse();

        var own = List.of(Map.of("key", S3.accessKeyId(), "secret", S3.secretAccessKey()));
        assertThat(api.patch(path, Map.of("credentials", own, "name", "mine")).status())
                .isEqualTo(403);
        assertThat(api.patch(path, Map.of("credentials", own)).status()).isEqualTo(200);

        assertWorks(api);
        API.patch(path, Map.of("credentials", List.of(Map.of("key", "AKIAOTHER", "secret", "wrong"))));
        assertThat(listing(API).status()).isEqualTo(403);
        assertWorks(api);
    }

    /** An editor who has everybody enter their own pair must not take the owner's along. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"secret\":\"****\"}", "{\"key\":\"KEY\",\"secret\":\"****\"}"})
    void nobodyGetsAnothersPairByChangingWhoHasOne(String credential) {
        var member = newMember();
        var editor = new Api(WHARF.api(), member.token());
        API.post(
                path + "/permissions",
                Map.of(
                        "data",
                        List.of(Map.of("person", Map.of("id", member.personId()), "policyTag", "connection_editor"))));
        String body =
                "{\"credentialsShared\":false,\"credentials\":[" + credential.replace("KEY", S3.accessKeyId()) + "]}";

        var answer = editor.send(editor.request(path)
                .header("content-type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith("credentials[0].");
        editor.patch(path, Map.of("credentialsShared", false));
        assertThat(listing(editor).json().path("detail").asText()).contains("enter your own first");
        assertWorks(API);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"credentialsShared\":true}",
                "{\"credentialsShared\":null}",
                "{\"isGlobal\":true,\"credentialsShared\":true}",
                "{\"credentialsShared\":true,\"credentials\":[{\"key\":\"AKIA\",\"secret\":\"other\"}]}"
            })
    void onlyTheOwnerLetsOthersUseTheirOwnPair(String body) {
        var owner = newMember();
        var owning = new Api(WHARF.api(), owner.token());
        long theirs = newConnection(owning, S3.endpoint(), bucket);
        String place = "/v4/connections/" + theirs;
        owning.patch(place, Map.of("credentialsShared", false));

        var refused = API.send(API.request(place)
                .header("content-type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));

        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.json().path("detail").asText()).startsWith("credentialsShared");
        assertThat(owning.get("/vfsList?uri=s3://" + bucket + "/?connectionId=" + theirs)
                        .status())
                .isEqualTo(200);
        assertThat(owning.patch(place, Map.of("credentialsShared", true)).status())
                .isEqualTo(200);
    }

    @Test
    void aPersonsOwnPairGoesWithTheirShare() {
        var member = newMember();
        var api = new Api(WHARF.api(), member.token());
        API.patch(path, Map.of("credentialsShared", false));
        var share = Map.of(
                "data", List.of(Map.of("person", Map.of("id", member.personId()), "policyTag", "connection_viewer")));
        API.post(path + "/permissions", share);
        api.patch(
                path, Map.of("credentials", List.of(Map.of("key", S3.accessKeyId(), "secret", S3.secretAccessKey()))));
        assertWorks(api);

        API.delete(path + "/permissions/" + member.personId());
        API.post(path + "/permissions", share);

        assertThat(listing(api).json().path("detail").asText()).contains("enter your own first");
    }

    @Test
    void concurrentChangesOfDifferentFieldsBothCount() throws Exception {
        var first = new Thread(() -> API.patch(path, Map.of("description", "both")));
        first.start();
        API.patch(path, Map.of("disableTypeInference", true));
        first.join();

        var after = API.get(path).json();
        assertThat(after.path("description").asText()).isEqualTo("both");
        assertThat(after.path("disableTypeInference").asBoolean()).isTrue();
    }

    private void assertWorks(Api api) {
        assertThat(listing(api).status()).isEqualTo(200);
    }

    private Api.Answer listing(Api api) {
        return api.get("/vfsList?uri=s3://" + bucket + "/?connectionId=" + id);
    }
}
