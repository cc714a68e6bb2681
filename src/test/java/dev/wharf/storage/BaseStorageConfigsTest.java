package dev.wharf.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseStorageConfigsTest extends WharfTest {
    private static final String OWN = "/v4/people/current/baseStorageConfigs";

    private final String home = "/" + UUID.randomUUID();
    private final Member member = newMember();
    private final Api api = new Api(WHARF.api(), member.token());

    private String path() {
        return "/v4/people/" + member.personId() + "/baseStorageConfigs";
    }

    private static JsonNode s3(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("s3");
    }

    private static String refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    @Test
    void aPersonSeesTheBucketAndTheirFolders() {
        var config = api.get(OWN);

        assertThat(s3(config).path("baseURL").asText()).isEqualTo("s3://wharf");
        assertThat(s3(config).path("outputHomeDir").asText()).startsWith("/trifacta/queryResults/");
        assertThat(s3(config).path("uploadDir").asText()).isEqualTo("/trifacta/uploads");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/s3", "/current"})
    void theProtocolInUseIsS3(String protocol) {
        assertThat(api.get(OWN + protocol).json()).isEqualTo(s3(api.get(path())));
    }

    @Test
    void thereIsNoOtherProtocol() {
        assertThat(refused(api.get(OWN + "/gcs"), 404)).contains("gcs").contains("s3");
    }

    @Test
    void whatWasReadCanBeSentBackAndChanged() {
        assertThat(api.put(OWN, api.get(OWN).json()).json())
                .isEqualTo(api.get(OWN).json());

        var changed = api.put(OWN, Map.of("s3", Map.of("baseURL", "s3://wharf/", "outputHomeDir", home)));

        assertThat(s3(changed).path("outputHomeDir").asText()).isEqualTo(home);
        assertThat(s3(changed).path("uploadDir").asText()).isEqualTo("/trifacta/uploads");
        assertThat(api.get(OWN).json()).isEqualTo(changed.json());
        assertThat(api.get("/v4/people/current").json().path("outputHomeDir").asText())
                .isEqualTo(home);
    }

    @Test
    void theBucketIsNotChosenHere() {
        var answer = api.put(OWN, Map.of("s3", Map.of("baseURL", "s3://other", "outputHomeDir", home)));

        assertThat(refused(answer, 400)).startsWith("baseURL").contains("s3://wharf");
        assertThat(s3(api.get(OWN)).path("outputHomeDir").asText()).isNotEqualTo(home);
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(refused(api.put(OWN, Map.of()), 400)).startsWith("s3");
        assertThat(refused(api.put(OWN, Map.of("s3", 1)), 400)).startsWith("s3");
        assertThat(refused(api.put(OWN, Map.of("s3", Map.of())), 400)).startsWith("s3 is empty");
        assertThat(refused(api.put(OWN, Map.of("s3", Map.of("uploadDir", "/x"))), 400))
                .startsWith("uploadDir");
        assertThat(refused(api.put(OWN, Map.of("s3", Map.of("outputHomeDir", "/trifacta/queryResults/x"))), 409))
                .startsWith("outputHomeDir");
    }

    @Test
    void administratorsSeeAndChangeEverybodysAndOthersTheirOwn() {
        var body = Map.of("s3", Map.of("outputHomeDir", home));
        var other = new Api(WHARF.api(), newMember().token());

        assertThat(refused(other.get(path()), 403)).contains("workspaceAdmin");
        assertThat(refused(other.put(path(), body), 403)).contains("workspaceAdmin");
        assertThat(s3(API.put(path(), body)).path("outputHomeDir").asText()).isEqualTo(home);
        assertThat(API.get(path()).json()).isEqualTo(api.get(OWN).json());
        refused(API.get("/v4/people/777777/baseStorageConfigs"), 404);
        refused(API.get("/v4/people/ann/baseStorageConfigs"), 404);
    }

    @Test
    void withoutBaseStorageThereIsNoBucket() {
        try (var bare = start(Map.of("wharf.storage.bucket", ""))) {
            var administrator = new Api(bare.api(), token(bare));

            assertThat(s3(administrator.get(OWN)).path("baseURL").isNull()).isTrue();
            var answer = administrator.put(OWN, Map.of("s3", Map.of("baseURL", "s3://wharf")));
            assertThat(refused(answer, 400)).startsWith("baseURL");
        }
    }
}
