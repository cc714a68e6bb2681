package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Api.Answer;
import dev.wharf.testing.stub.StubS3;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The region of a connection's default bucket, found where an operator allows it. */
class RegionDetectionTest extends WharfTest {
    private static StubS3 store;
    private static Wharf wharf;
    private static Api api;

    @BeforeAll
    static void startDetecting() {
        store = StubS3.start("far", "near");
        wharf = start(Map.of("wharf.limits.region-detection", "true"));
        api = new Api(wharf.api(), token(wharf));
    }

    @AfterAll
    static void stop() {
        wharf.close();
        store.close();
    }

    @BeforeEach
    void farIsElsewhere() {
        store.reset();
        store.on("HEAD", "/far")
                .answerWith(403, Map.of("x-amz-bucket-region", "eu-west-1"), "")
                .always();
    }

    @Test
    void aMissingRegionIsFoundWhenAConnectionIsRegistered() {
        assertThat(region(create(api, "far", null))).isEqualTo("eu-west-1");
    }

    @Test
    void aWrongRegionIsCorrected() {
        assertThat(region(create(api, "far", "ap-south-1"))).isEqualTo("eu-west-1");
    }

    @Test
    void anotherBucketIsLookedForAndAnotherNameIsNot() {
        long id = create(api, "near", null).json().path("id").asLong();
        int before = store.requests("HEAD", "").size();

        api.patch("/v4/connections/" + id, Map.of("name", "renamed " + UUID.randomUUID()));
        assertThat(store.requests("HEAD", "")).hasSize(before);
        api.patch("/v4/connections/" + id, Map.of("bucket", "far"));

        assertThat(region(api.get("/v4/connections/" + id))).isEqualTo("eu-west-1");
    }

    @Test
    void aDryRunIsTriedInTheRegionThatWasFound() {
        store.when(request -> request.method().equals("GET")
                        && !request.headers().getOrDefault("Authorization", "").contains("/eu-west-1/s3/"))
                .answer(403, "AccessDenied")
                .always();

        Answer answer = api.post("/v4/connections/dryRun", body("far", null));

        assertThat(answer.json().path("result").asText()).as(answer.text()).isEqualTo("SUCCESS");
    }

    @Test
    void aStoreThatTellsOnlyThoseWhomItKnowsIsAskedWithTheKeyPair() {
        store.reset();
        store.when(request ->
                        request.uri().startsWith("/far") && !request.headers().containsKey("Authorization"))
                .answerWith(403, Map.of(), "")
                .always();
        store.on("HEAD", "/far")
                .answerWith(200, Map.of("x-amz-bucket-region", "eu-west-1"), "")
                .always();

        assertThat(region(create(api, "far", null))).isEqualTo("eu-west-1");
    }

    @Test
    void aRegionThatIsNoneIsNotTaken() {
        store.reset();
        store.on("HEAD", "/far")
                .answerWith(403, Map.of("x-amz-bucket-region", "eu west: 1"), "")
                .always();

        assertThat(region(create(api, "far", "ap-south-1"))).isEqualTo("ap-south-1");
    }

    @Test
    void aStoreThatCannotBeAskedChangesNothing() {
        store.reset();
        store.on("HEAD", "/far").breakOff().always();

        assertThat(region(create(api, "far", "ap-south-1"))).isEqualTo("ap-south-1");
        assertThat(region(create(api, "far", null))).isEmpty();
    }

    @Test
    void withTheLimitInPlaceNobodyIsAsked() {
        assertThat(region(create(API, "far", null))).isEmpty();
        assertThat(store.requests("HEAD", "")).isEmpty();
    }

    private static Answer create(Api api, String bucket, String region) {
        return api.post("/v4/connections", body(bucket, region));
    }

    private static String region(Answer connection) {
        return connection.json().at("/params/region").asText();
    }

    private static Map<String, Object> body(String bucket, String region) {
        Map<String, Object> params =
                new HashMap<>(Map.of("endpoint", store.endpoint().toString()));
        if (region != null) {
            params.put("region", region);
        }
        return Map.of(
                "vendor",
                "aws",
                "type",
                "remotefile",
                "credentialType",
                "keySecret",
                "name",
                "region " + UUID.randomUUID(),
                "bucket",
                bucket,
                "params",
                params,
                "credentials",
                List.of(Map.of("key", store.accessKeyId(), "secret", store.secretAccessKey())));
    }
}
