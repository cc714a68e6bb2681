package dev.wharf.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service wrote for somebody is theirs to read; nothing else of base storage is, without the role dataAdmin. */
class OwnObjectsTest extends WharfTest {
    private static final String ROWS = "id,city\n1,Berlin\n2,Paris\n";

    private static String home;
    private static Api ann;
    private static Api anna;
    private static String result;
    private static String othersResult;
    private static String elsewhere;

    @BeforeAll
    static void peopleRunJobs() {
        home = "results-" + UUID.randomUUID() + "/ann";
        S3.put("wharf", home + "/secret.csv", "s,e\n1,2\n".getBytes(StandardCharsets.UTF_8));
        S3.put("wharf", home + "/team/2024_1/secret.csv", "s,e\n1,2\n".getBytes(StandardCharsets.UTF_8));
        String before = home.replace("/ann", "/shared");
        ann = member(before);
        elsewhere = outputs(ann, "s3://wharf/" + before + "/cities.csv").get(0);
        int moved = ann.put("/v4/people/current/baseStorageConfigs", Map.of("s3", Map.of("outputHomeDir", "/" + home)))
                .status();
        assertThat(moved).isEqualTo(200);
        anna = member(home + "a");
        result = outputs(ann, null).get(0);
        othersResult = outputs(anna, null).get(0);
        S3.put("wharf", folder(elsewhere) + "secret.csv", "s,e\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }

    private static Api member(String home) {
        Member member = newMember();
        Api api = API.as(member.token());
        var changed =
                api.patch("/v4/workspaces/current/people/" + member.personId(), Map.of("outputHomeDir", "/" + home));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        return api;
    }

    private static String upload(Api api) {
        return created(api.send(api.request("/v4/uploads?name=cities.csv").PUT(BodyPublishers.ofString(ROWS))))
                .path("uri")
                .asText();
    }

    private static List<String> outputs(Api api, String path) {
        long dataset = created(api.post("/v4/importedDatasets", Map.of("uri", upload(api), "name", "cities")))
                .path("id")
                .asLong();
        Map<String, Object> overrides = path == null
                ? Map.of()
                : Map.of("writesettings", List.of(Map.of("path", path, "action", "create", "format", "csv")));
        long job = created(api.post(
                        "/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", dataset), "overrides", overrides)))
                .path("id")
                .asLong();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/v4/jobGroups/" + job + "/status").text().equals("\"Complete\""));
        return api.get("/v4/jobGroups/" + job + "/outputs").json().path("files").findValuesAsText("uri");
    }

    private static Api.Answer ask(Api api, String path, boolean testMode) {
        long dataset = created(api.post("/v4/importedDatasets", Map.of("uri", upload(api), "name", "cities")))
                .path("id")
                .asLong();
        return api.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", dataset),
                        "testMode",
                        testMode,
                        "overrides",
                        Map.of("writesettings", List.of(Map.of("path", path, "action", "create", "format", "csv")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HOMEa/x.csv",
                "HOMEa/",
                "HOME",
                "/HOME/x.csv",
                "shared/x.csv",
                "x.csv",
            })
    void resultsInBaseStorageGoBelowOnesOwnOutputHomeAlone(String place) {
        String path = "s3://wharf/" + place.replace("HOME", home);
        for (boolean testMode : new boolean[] {true, false}) {
            var refused = ask(ann, path, testMode);
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.text()).contains("s3://wharf/" + home + "/", "dataAdmin");
        }
        // This S3 server takes two slashes for one, and says so.
        assertThat(ask(API, path, true).text()).doesNotContain("output home");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOME/../shared/x.csv", "HOME/./x.csv", "HOME/.."})
    void noPartOfAResultsPathIsDots(String place) {
        String path = "s3://wharf/" + place.replace("HOME", home);
        for (Api member : List.of(ann, API)) {
            var refused = ask(member, path, true);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.text()).contains("a part is . or ..");
        }
    }

    @Test
    void belowTheOutputHomeAndOnConnectionsResultsGoAnywhere() {
        String bucket = newBucket();
        for (String path : List.of(
                "s3://wharf/" + home + "/team/x.csv",
                "s3://wharf/" + home + "/",
                "s3://wharf/" + home + "/a..b/x.csv",
                "s3://" + bucket + "/out/x.csv?connectionId=" + newConnection(ann, bucket))) {
            var taken = ask(ann, path, true);
            assertThat(taken.status()).as(taken.text()).isEqualTo(201);
        }
    }

    private static JsonNode created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static JsonNode found(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String query(String uri) {
        return "?uri=" + URLEncoder.encode(uri, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The key of a file's folder. */
    private static String folder(String uri) {
        return uri.substring("s3://wharf/".length(), uri.lastIndexOf('/') + 1);
    }

    private static List<String> names(Api.Answer listed) {
        return found(listed).path("data").findValuesAsText("name");
    }

    @Test
    void aResultIsReadStattedPreviewedListedAndImportedByWhomItWasWrittenFor() {
        for (String file : List.of(result, elsewhere)) {
            String folder = "s3://wharf/" + folder(file);
            assertThat(ann.get("/vfsRead" + query(file)).text()).contains("1,Berlin");
            assertThat(found(ann.get("/vfsStat" + query(file))).path("type").asText())
                    .isEqualTo("file");
            assertThat(found(ann.get("/vfsPreview" + query(file)))
                            .path("rowCount")
                            .asInt())
                    .isPositive();
            assertThat(names(ann.get("/vfsList" + query(file)))).containsExactly("cities.csv");
            assertThat(names(ann.get("/vfsList" + query(folder)))).containsExactly("cities.csv");
            assertThat(found(ann.get("/vfsStat" + query(folder.substring(0, folder.length() - 1))))
                            .path("type")
                            .asText())
                    .isEqualTo("folder");
            assertThat(ann.get("/vfsRead" + query(folder + "_SUCCESS")).text()).contains("cities.csv");
            for (String source : List.of(file, folder)) {
                JsonNode dataset = created(ann.post("/v4/importedDatasets", Map.of("uri", source, "name", "again")));
                assertThat(dataset.path("fileCount").asInt()).as(source).isEqualTo(1);
            }
        }
    }

    @Test
    void theWayToItShowsNothingElse() {
        String top = "s3://wharf/" + home.replace("/ann", "/");

        assertThat(names(ann.get("/vfsList" + query("s3://wharf/" + home + "/"))))
                .hasSize(1);
        assertThat(names(ann.get("/vfsList" + query(top)))).containsExactlyInAnyOrder("ann", "shared");
        assertThat(found(ann.get("/vfsList" + query(top) + "&recursive=true"))
                        .path("data")
                        .findValuesAsText("uri"))
                .containsExactlyInAnyOrder(result, elsewhere);
        assertThat(names(ann.get("/vfsSearch" + query(top) + "&query=secret"))).isEmpty();
        assertThat(found(ann.get("/vfsSearch" + query(top) + "&query=cities.csv"))
                        .path("data")
                        .findValuesAsText("uri"))
                .containsExactlyInAnyOrder(result, elsewhere);
        assertThat(names(ann.get("/vfsSearch" + query(top) + "&query=ann&mode=prefix")))
                .containsExactly("ann");
        for (String mode : List.of("prefix", "contains", "glob")) {
            assertThat(names(ann.get("/vfsSearch" + query(top) + "&query=secret&mode=" + mode)))
                    .isEmpty();
        }
        JsonNode all = created(ann.post("/v4/importedDatasets", Map.of("uri", top, "name", "all")));
        assertThat(all.path("fileCount").asInt()).isEqualTo(2);
    }

    @Test
    void ownUploadsAreReadAndOthersAreNot() {
        String upload = upload(ann);

        assertThat(ann.get("/vfsRead" + query(upload)).text()).isEqualTo(ROWS);
        assertThat(names(ann.get("/vfsList" + query("s3://wharf/" + folder(upload)))))
                .containsExactly("cities.csv");
        assertThat(anna.get("/vfsRead" + query(upload)).status()).isEqualTo(403);
        assertThat(anna.get("/vfsStat" + query(upload)).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HOME/secret.csv",
                "HOME/team/2024_1/secret.csv",
                "HOME/team/",
                "HOMEa/",
                "HOME/../",
                "HOME/./",
                "HOME//",
                "HOME/%",
                "HOME/_",
                "SHAREDsecret.csv",
                "OTHERS",
                "uploads/",
                "nothing/there.csv"
            })
    void whatIsNotTheirsIsRefusedWhetherItExistsOrNot(String place) {
        String uri = "s3://wharf/"
                + place.replace("HOME", home)
                        .replace("SHARED", folder(elsewhere))
                        .replace("OTHERS", othersResult.substring("s3://wharf/".length()));

        for (String operation : List.of("/vfsList", "/vfsStat", "/vfsRead", "/vfsArchive", "/vfsPreview")) {
            var refused = ann.get(operation + query(uri));
            assertThat(refused.status()).as(operation + " " + refused.text()).isIn(400, 403);
            assertThat(refused.text()).doesNotContain("secret.csv\"");
        }
        assertThat(ann.get("/vfsSearch" + query(uri) + "&query=s").status()).isEqualTo(403);
        assertThat(ann.post("/v4/importedDatasets", Map.of("uri", uri, "name", "x"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatSomebodyReadAndWhatTheyWereRefusedIsOnRecord() {
        ann.get("/vfsRead" + query(result));
        ann.get("/vfsRead" + query(othersResult));

        String events = "/v4/auditEvents?bucket=wharf&operation=read&key=";
        assertThat(found(API.get(events + result.substring("s3://wharf/".length())))
                        .path("data")
                        .findValuesAsText("outcome"))
                .contains("success");
        assertThat(found(API.get(events + othersResult.substring("s3://wharf/".length())))
                        .path("data")
                        .findValuesAsText("outcome"))
                .contains("denied");
    }
}
