package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorMetadataTest extends WharfTest {
    private static final String PATH = "/v4/connectorMetadata/aws";
    private static final Map<String, Object> FRANKFURT = Map.of(
            "connectionMetadata",
            Map.of(
                    "displayName",
                    "Partner drop",
                    "connectionParameters",
                    List.of(Map.of("name", "params.region", "default", "eu-central-1", "description", "Ours"))));

    @AfterEach
    void showsWhatThereIs() {
        assertThat(API.delete(PATH + "/overrides").status()).isEqualTo(204);
        assertThat(API.get(PATH + "/overrides").text()).isEqualTo("{}");
    }

    private static String region(Api.Answer metadata, String field) {
        for (var parameter : metadata.json().at("/connectionMetadata/connectionParameters")) {
            if (parameter.path("name").asText().equals("params.region")) {
                return parameter.path(field).asText();
            }
        }
        throw new AssertionError("There is no params.region");
    }

    @Test
    void whatAnAdministratorOverridesIsWhatFormsShow() {
        var set = API.post(PATH + "/overrides", FRANKFURT);

        assertThat(set.status()).isEqualTo(201);
        assertThat(API.get(PATH + "/overrides").json()).isEqualTo(set.json());
        var shown = new Api(WHARF.api(), newMember().token()).get(PATH);
        assertThat(region(shown, "default")).isEqualTo("eu-central-1");
        assertThat(region(shown, "description")).isEqualTo("Ours");
        assertThat(region(shown, "displayName")).isEqualTo("Region");
        assertThat(shown.json().at("/connectionMetadata/displayName").asText()).isEqualTo("Partner drop");
        assertThat(region(API.get(PATH + "/defaults"), "default")).isEqualTo("us-east-1");
    }

    @Test
    void whatIsSetAgainReplacesAllOfIt() {
        API.post(PATH + "/overrides", FRANKFURT);

        API.post(PATH + "/overrides", Map.of("connectionMetadata", Map.of("displayName", "Buckets")));

        assertThat(region(API.get(PATH), "default")).isEqualTo("us-east-1");
        assertThat(API.get(PATH).json().at("/connectionMetadata/displayName").asText())
                .isEqualTo("Buckets");
    }

    @Test
    void compressionsAreThoseThatJobsTake() {
        var told = API.get(PATH + "/publish/info").json().path("compressions");

        assertThat(told.path("csv").toString()).isEqualTo("[\"none\"]");
        assertThat(told.path("json").toString()).isEqualTo("[\"none\"]");
        assertThat(told.path("pqt").toString()).contains("none", "gzip");
        assertThat(told.path("avro").toString()).contains("none", "deflate").doesNotContain("gzip");
    }

    @Test
    void onlyAdministratorsOverride() {
        var member = new Api(WHARF.api(), newMember().token());

        assertThat(member.post(PATH + "/overrides", FRANKFURT).status()).isEqualTo(403);
        assertThat(member.delete(PATH + "/overrides").status()).isEqualTo(403);
        assertThat(member.get(PATH + "/overrides").text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "params.moon, \"x\", params.moon",
        "credentials[0].secret, \"x\", secret has no default",
        "isGlobal, \"yes\", must be true or false",
        "params.checksums, \"NEVER\", must be one of",
        "params.region, 1, must be a text"
    })
    void aDefaultThatCannotBeIsRefusedByItsParameter(String name, String value, String message) {
        var answer = API.post(
                PATH + "/overrides",
                "{\"connectionMetadata\":{\"connectionParameters\":[{\"name\":\"" + name + "\",\"default\":" + value
                        + "}]}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"connectionMetadata\":{}}", "{\"runtimeMetadata\":{\"a\":1}}"})
    void whatCannotBeOverriddenIsRefused(String body) {
        assertThat(API.post(PATH + "/overrides", body).status()).isEqualTo(400);
    }

    @Test
    void olderClientsAreToldTheSame() {
        long id = newConnection(null);

        assertThat(API.get("/v4/connections/" + id + "/publish/info").json())
                .isEqualTo(API.get(PATH + "/publish/info").json());
        assertThat(API.get("/v4/connections/" + id + "/import/info").json())
                .isEqualTo(API.get(PATH + "/import/info").json());
        assertThat(API.get(PATH + "/import/info").text()).contains("avro", "zstd");
        assertThat(API.get("/v4/connections/vendors")
                        .json()
                        .at("/data/0/vendor")
                        .asText())
                .isEqualTo("aws");
        assertThat(API.get("/v4/connections/credentialTypes")
                        .json()
                        .path("data")
                        .findValuesAsText("name"))
                .containsExactly("keySecret", "awsKeySecret");
        var stranger = new Api(WHARF.api(), newMember().token());
        assertThat(stranger.get("/v4/connections/" + id + "/publish/info").status())
                .isEqualTo(404);
        assertThat(API.get("/v4/connectorMetadata/postgres/defaults").status()).isEqualTo(404);
    }
}
