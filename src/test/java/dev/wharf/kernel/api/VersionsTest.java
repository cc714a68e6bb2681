package dev.wharf.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of two who change one thing at a time, the second overwrites nothing that they have not seen. */
class VersionsTest extends ChangedThings {
    private static Api.Answer change(String method, Thing thing, String word, String version) {
        return API.send(API.request(thing.address())
                .header("content-type", "application/json")
                .header("If-Match", version)
                .method(method, BodyPublishers.ofString(Json.write(thing.body().apply(word)))));
    }

    private static String version(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.headers().get("etag").get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, connections",
        "PUT, all of connections",
        "PUT, schedules",
        "PATCH, importedDatasets",
        "PUT, importedDatasets",
        "PATCH, people",
        "PUT, people",
        "PUT, baseStorageConfigs",
        "PATCH, flows",
        "PATCH, wrangledDatasets",
        "PATCH, outputObjects",
        "PUT, writeSettings",
        "PATCH, environmentParameters",
        "PATCH, webhookFlowTasks"
    })
    void whoHasNotSeenTheLastChangeIsToldAndOverwritesNothing(String method, String what) {
        var thing = made(what);
        String seen = version(API.get(thing.read()));

        String next = version(change(method, thing, "second", seen));
        var refused = change(method, thing, "third", seen);

        assertThat(next).isNotEqualTo(seen).isEqualTo(version(API.get(thing.read())));
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.json().path("detail").asText()).contains("changed by somebody else", "read it again");
        assertThat(API.get(thing.read()).json().at(thing.field()).asText()).contains("second");
        version(change(method, thing, "fourth", next));
        version(change(method, thing, "fifth", "*"));
    }

    @Test
    void whichFieldsAreShownMakesNoOtherVersion() {
        String path = made("connections").read();

        assertThat(version(API.get(path + "?fields=name&embed=creator"))).isEqualTo(version(API.get(path)));
    }

    @Test
    void anotherWriteSettingMakesAnotherVersionOfItsOutput() {
        var output = made("outputObjects");
        String seen = version(API.get(output.read()));
        Map<String, Object> setting = new HashMap<>(setting("added"));
        setting.put("outputObjectId", Long.parseLong(output.read().replaceFirst(".*/", "")));
        id(API.post("/v4/writeSettings", setting));

        assertThat(change("PATCH", output, "second", seen).status()).isEqualTo(412);
    }
}
