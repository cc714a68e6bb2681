package dev.wharf.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A path that varies is imported as what matches now, and read as what matches when a job runs. */
class ParameterisedDatasetsTest extends WharfTest {
    private static final String PATH = "/v4/importedDatasets";
    private static final String WILDCARD =
            "{\"type\":\"path\",\"insertionIndices\":[{\"index\":4}],\"value\":{\"pattern\":{\"wildcard\":{}}}}";
    private static final String LAND =
            "{\"type\":\"path\",\"overrideKey\":\"land\",\"insertionIndices\":[{\"index\":4,\"order\":0}],"
                    + "\"value\":{\"selector\":{\"default\":\"de\",\"options\":[\"de\",\"fr\",\"it\"]}}}";
    private static final String DAY =
            "{\"type\":\"path\",\"overrideKey\":\"day\",\"insertionIndices\":[{\"index\":4,\"order\":0}],"
                    + "\"value\":{\"dateRange\":{\"timezone\":\"Europe/Berlin\",\"formats\":[\"yyyy/MM/dd\"],"
                    + "\"inTheLast\":{\"unit\":\"days\",\"number\":2}}}}";

    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    private void put(String... keys) {
        for (String key : keys) {
            S3.put(bucket, key, ("name\n" + key + "\n").getBytes(UTF_8));
        }
    }

    private Map<String, Object> body(String dynamicPath, String... parameters) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "varies");
        body.put("bucket", bucket);
        body.put("path", dynamicPath);
        body.put("connectionId", connection);
        body.put("isDynamic", true);
        body.put("dynamicPath", dynamicPath);
        body.put("runParameters", Json.read("[" + String.join(",", parameters) + "]", JsonNode.class));
        return body;
    }

    private static JsonNode created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private static List<String> files(JsonNode dataset) {
        var keys = new ArrayList<String>();
        API.get(PATH + "/" + dataset.path("id") + "/files")
                .json()
                .path("data")
                .forEach(file -> keys.add(file.path("key").asText()));
        return keys;
    }

    private Api.Answer start(JsonNode dataset, String runParameters) {
        Map<String, Object> setting = Map.of(
                "path",
                "s3://" + bucket + "/out/r.csv?connectionId=" + connection,
                "action",
                "create",
                "format",
                "csv",
                "asSingleFile",
                true,
                "header",
                true);
        Map<String, Object> body = new HashMap<>(Map.of(
                "wrangledDataset",
                Map.of("id", dataset.path("id").asLong()),
                "overrides",
                Map.of("execution", "photon", "writesettings", List.of(setting))));
        if (runParameters != null) {
            body.put("runParameters", Json.read(runParameters, JsonNode.class));
        }
        return API.post("/v4/jobGroups", body);
    }

    private JsonNode run(JsonNode dataset, String runParameters) {
        long job = created(start(dataset, runParameters)).path("id").asLong();
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> API.get("/v4/jobGroups/" + job + "/status").text(),
                        status -> status.equals("\"Complete\"") || status.equals("\"Failed\""));
        return API.get("/v4/jobGroups/" + job).json();
    }

    /** The keys of the files that a job has read, which are their rows. */
    private List<String> read(JsonNode job) {
        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("Complete");
        String result = new String(S3.get(bucket, "out/r_" + job.path("id") + "/r.csv"), UTF_8);
        assertThat(result).startsWith("name\n");
        return result.lines().skip(1).toList();
    }

    private String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    /** What is shown of what a job reads. */
    private static String inputs(JsonNode job) {
        JsonNode input =
                API.get("/v4/jobGroups/" + job.path("id") + "/inputs").json().at("/data/0");
        var keys = new ArrayList<String>();
        input.path("inputs")
                .forEach(place -> keys.add(place.path("path").asText().substring(1)));
        return String.join(", ", keys) + ", " + input.path("files").asText() + " of them"
                + (input.path("isPattern").asBoolean() ? ", as a pattern" : "");
    }

    /** {@code job.txt} of a job's logs. */
    private static String log(JsonNode job) throws Exception {
        var request = API.request("/v4/jobGroups/" + job.path("id") + "/logs").build();
        try (var entries = new ZipInputStream(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body())) {
            assertThat(entries.getNextEntry().getName()).isEqualTo("job.txt");
            return new String(entries.readAllBytes(), UTF_8);
        }
    }

    private static String overrides(String key, String value) {
        return "{\"overrides\":{\"data\":[{\"key\":\"" + key + "\",\"value\":\"" + value + "\"}]}}";
    }

    @Test
    void whatMatchesIsTheDatasetAndItIsShownAsItWasSent() {
        put("in/b.csv", "in/a.csv", "in/a.txt", "in/sub/c.csv", "in/_hidden.csv", "in2/d.csv");

        JsonNode dataset = created(API.post(PATH, body("/in/.csv", WILDCARD)));

        assertThat(files(dataset)).containsExactly("in/a.csv", "in/b.csv");
        assertThat(dataset.path("ignoredCount").asInt()).isEqualTo(1);
        assertThat(dataset.path("path").asText()).isEqualTo("/in/a.csv");
        assertThat(dataset.path("uri").asText()).isEqualTo("s3://" + bucket + "/in/a.csv?connectionId=" + connection);
        assertThat(dataset.path("isDynamic").asBoolean()).isTrue();
        assertThat(dataset.path("isDynamicOrConverted").asBoolean()).isTrue();
        assertThat(dataset.path("dynamicPath").asText()).isEqualTo("/in/.csv");
        assertThat(dataset.path("runParameters")
                        .path("data")
                        .path(0)
                        .path("value")
                        .toString())
                .isEqualTo("{\"pattern\":{\"wildcard\":{}}}");
        assertThat(API.get(PATH + "/" + dataset.path("id")).json()).isEqualTo(dataset);
        assertThat(API.get(PATH + "?limit=1000").json().path("data").toString()).contains(dataset.toString());
    }

    @Test
    void theUriFormAndWhatIsShownAreTakenAsWell() {
        put("in/a.csv");
        var body = body("/in/.csv", WILDCARD);
        body.keySet().removeAll(List.of("bucket", "path", "connectionId", "isDynamic"));
        body.put("uri", "s3://" + bucket + "/in/old.csv?connectionId=" + connection);
        JsonNode dataset = created(API.post(PATH, body));

        body.put("runParameters", dataset.path("runParameters"));
        assertThat(files(created(API.post(PATH, body)))).containsExactly("in/a.csv");
    }

    @Test
    void whatIsNoExampleOfAPathThatVariesIsRefusedAndNotPassedOver() {
        put("in/a.csv", "in2/b.csv");
        var body = body("/in/.csv", WILDCARD);
        for (var example : List.of("/in/2020.csv", "in/", "/")) {
            body.put("path", example);
            assertThat(files(created(API.post(PATH, body)))).containsExactly("in/a.csv");
        }

        body.put("path", "/in2/b.csv");
        assertThat(refused(API.post(PATH, body), 400))
                .contains("path names /in2/b.csv, and dynamicPath begins with /in/");
        body.keySet().removeAll(List.of("bucket", "path", "connectionId"));
        body.put("uri", "s3://" + bucket + "/in2/?connectionId=" + connection);
        assertThat(refused(API.post(PATH, body), 400)).contains("uri names /in2/, and dynamicPath begins with /in/");
    }

    @Test
    void aDatasetThatMovesToAnotherPathThatVariesNeedsNoOtherExample() {
        put("in/a.csv", "in2/b.csv");
        JsonNode dataset = created(API.post(PATH, body("/in/.csv", WILDCARD)));
        var shown = Json.object();
        List.of("uri", "bucket", "path", "dynamicPath", "runParameters")
                .forEach(field -> shown.set(field, dataset.path(field).deepCopy()));
        shown.put("dynamicPath", "/in2/.csv");
        ((ObjectNode) shown.path("runParameters")
                        .path("data")
                        .path(0)
                        .path("insertionIndices")
                        .path(0))
                .put("index", 5);

        var changed = API.put(PATH + "/" + dataset.path("id"), shown);

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(files(changed.json())).containsExactly("in2/b.csv");
    }

    @Test
    void aJobReadsWhatMatchesWhenItRunsNewFilesIncluded() {
        put("in/a.csv");
        JsonNode dataset = created(API.post(PATH, body("/in/.csv", WILDCARD)));
        put("in/b.csv", "in/_c.csv", "in/d.json");

        assertThat(read(run(dataset, null))).containsExactly("in/a.csv", "in/b.csv");
        assertThat(files(dataset)).as("the dataset's own").containsExactly("in/a.csv");
    }

    @Test
    void aRunGivesVariablesTheirValuesAndWindowsTheirDate() throws Exception {
        put("in/de.csv", "in/fr.csv", "in/2024/12/31/x.csv", "in/2025/01/01/x.csv", "in/2025/01/02/x.csv");
        JsonNode lands = created(API.post(PATH, body("/in/.csv", LAND)));
        assertThat(read(run(lands, null))).containsExactly("in/de.csv");
        JsonNode french = run(lands, overrides("land", "fr"));
        assertThat(read(french)).containsExactly("in/fr.csv");
        assertThat(french.path("runParameters")).isEqualTo(Json.read(overrides("land", "fr"), JsonNode.class));
        assertThat(inputs(french)).isEqualTo("in/fr.csv, 1 of them");
        assertThat(log(french)).contains("It reads the dataset \"varies\": " + uri("in/fr.csv") + "\n");
        assertThat(API.get("/v4/jobGroups/" + french.path("id") + "/lineage")
                        .json()
                        .at("/nodes/0/reads/0")
                        .asText())
                .isEqualTo(uri("in/fr.csv"));

        S3.put(bucket, "in/" + today() + "/x.csv", "name\nnow\n".getBytes(UTF_8));
        JsonNode days = created(API.post(PATH, body("/in//", DAY)));
        JsonNode now = run(days, null);
        assertThat(read(now)).containsExactly("now");
        assertThat(now.path("runParameters").toString()).isEqualTo("{\"overrides\":{\"data\":[]}}");
        assertThat(inputs(now)).isEqualTo("in/" + today() + "/x.csv, 1 of them");
        // 23:30 in Berlin is still the day before.
        assertThat(read(run(days, "{\"referenceDate\":\"2024-12-31T23:30:00Z\"}")))
                .containsExactly("in/2024/12/31/x.csv", "in/2025/01/01/x.csv");
        JsonNode earlier = run(days, "{\"referenceDate\":\"2024-12-31T22:30:00Z\"}");
        assertThat(earlier.path("runParameterReferenceDate").asText()).isEqualTo("2024-12-31T22:30:00.000Z");
        assertThat(earlier.at("/runParameters/referenceDate").asText()).isEqualTo("2024-12-31T22:30:00Z");
        assertThat(read(earlier)).containsExactly("in/2024/12/31/x.csv");
    }

    private static String today() {
        return java.time.LocalDate.now(java.time.ZoneId.of("Europe/Berlin"))
                .toString()
                .replace('-', '/');
    }

    @Test
    void aBucketIsChosenByARun() {
        String other = newBucket();
        put("in/a.csv");
        S3.put(other, "in/z.csv", "name\nother\n".getBytes(UTF_8));
        var body = body(
                "/in/.csv",
                WILDCARD,
                "{\"type\":\"bucket\",\"overrideKey\":\"where\",\"insertionIndices\":[{\"index\":0}],"
                        + "\"value\":{\"variable\":{\"value\":\"" + bucket + "\"}}}");
        body.remove("bucket");
        body.put("dynamicBucket", "");
        JsonNode dataset = created(API.post(PATH, body));

        assertThat(dataset.path("bucket").asText()).isEqualTo(bucket);
        assertThat(dataset.path("dynamicBucket").asText("?")).isEmpty();
        assertThat(read(run(dataset, null))).containsExactly("in/a.csv");
        assertThat(read(run(dataset, overrides("where", other)))).containsExactly("other");
    }

    @Test
    void whereNothingMatchesNothingIsImportedAndAJobFailsAndSaysSo() throws Exception {
        put("in/de.csv");
        JsonNode dataset = created(API.post(PATH, body("/in/.csv", LAND)));
        assertThat(refused(API.post(PATH, body("/in/-.csv", WILDCARD)), 404))
                .startsWith("Nothing matches s3://" + bucket + "/in/… at present");

        String checked = "{\"testMode\":true,\"wrangledDataset\":{\"id\":" + dataset.path("id")
                + "},\"overrides\":{\"writesettings\":[{\"path\":\"" + uri("out/r.csv")
                + "\",\"action\":\"create\",\"format\":\"csv\"}]},\"runParameters\":%s}";
        assertThat(API.post("/v4/jobGroups", checked.formatted(overrides("land", "de")))
                        .status())
                .isEqualTo(201);
        assertThat(refused(API.post("/v4/jobGroups", checked.formatted(overrides("land", "it"))), 404))
                .startsWith("runParameters: Nothing matches s3://" + bucket + "/in/it.csv: no file");
        JsonNode job = run(dataset, overrides("land", "it"));

        assertThat(job.path("status").asText()).isEqualTo("Failed");
        assertThat(job.path("errorMessage").asText())
                .startsWith("Nothing matches s3://" + bucket + "/in/it.csv: no file");
        assertThat(inputs(job)).isEqualTo("in/it.csv, null of them, as a pattern");
        JsonNode any = created(API.post(PATH, body("/in/.csv", WILDCARD)));
        S3.remove(bucket, "in/de.csv");
        job = run(any, null);
        assertThat(inputs(job)).isEqualTo("in/*.csv, null of them, as a pattern");
        assertThat(log(job)).contains(uri("in/*.csv") + " (nothing has been matched)\n");
    }

    @Test
    void aJobThatIsLedToAnotherFormatSaysThatTheDatasetIsOfOne() {
        put("in/a.csv", "in/b.json");
        JsonNode dataset = created(API.post(
                PATH,
                body(
                        "/in/",
                        "{\"type\":\"path\",\"overrideKey\":\"file\",\"insertionIndices\":[{\"index\":4}],"
                                + "\"value\":{\"variable\":{\"value\":\"a.csv\"}}}")));

        assertThat(run(dataset, overrides("file", "b.json"))
                        .path("errorMessage")
                        .asText())
                .contains(
                        "matches in/b.json, which is JSON, and dataset " + dataset.path("id") + " was imported as CSV")
                .doesNotContain("header", "delimiter");
    }

    @Test
    void filesThatDoNotGoTogetherAreRefusedAndFailAJob() {
        put("in/a.csv");
        JsonNode dataset = created(API.post(PATH, body("/in/", WILDCARD)));
        put("in/b.json");

        assertThat(refused(API.post(PATH, body("/in/", WILDCARD)), 400)).contains("different formats");
        assertThat(run(dataset, null).path("errorMessage").asText())
                .contains("different formats: in/a.csv is CSV, and in/b.json is JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"overrides\":{\"data\":[{\"key\":\"country\",\"value\":\"de\"}]}}|runParameters.overrides.data[0].key",
                "{\"overrides\":{\"data\":[{\"key\":\"land\",\"value\":\"uk\"}]}}|runParameters.overrides.data[0].value",
                "{\"referenceDate\":\"yesterday\"}|runParameters.referenceDate",
                "{\"referencedate\":\"2025-01-01T00:00:00Z\"}|runParameters.referencedate is not known here",
                "{\"overrides\":{\"data\":[{\"key\":\"land\"}]}}|runParameters.overrides.data[0].value"
            })
    void whatFitsNoParameterIsRefusedBeforeAJobBegins(String runParameters, String why) {
        put("in/de.csv");
        JsonNode dataset = created(API.post(PATH, body("/in/.csv", LAND)));

        assertThat(refused(start(dataset, runParameters), 400)).startsWith(why);
    }

    @Test
    void aDatasetWithoutParametersTakesNoneFromARun() {
        put("in/a.csv");
        JsonNode dataset = created(
                API.post(PATH, Map.of("name", "n", "uri", "s3://" + bucket + "/in/?connectionId=" + connection)));

        assertThat(refused(start(dataset, overrides("land", "de")), 400)).startsWith("runParameters");
        assertThat(read(run(dataset, "{\"overrides\":{\"data\":[]}}"))).containsExactly("in/a.csv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "isDynamic|false|isDynamic is false, and there are parameters",
                "dynamicPath|null|dynamicPath is missing",
                "runParameters|[]|runParameters is missing",
                "runParameters|[{\"type\":\"path\"}]|runParameters[0].value is missing",
                "runParameters|[{\"type\":\"path\",\"colour\":1}]|runParameters[0].colour is not known here",
                "runParameters|\"x\"|runParameters must be an array",
                "dynamicBucket|\"x-\"|dynamicBucket is given, and no parameter of the type bucket",
                "bucket|null|bucket is missing"
            })
    void aWrongFieldIsRefusedByName(String field, String value, String why) {
        var body = body("/in/.csv", WILDCARD);
        body.put(field, Json.read("[" + value + "]", JsonNode.class).get(0));

        assertThat(refused(API.post(PATH, body), 400)).contains(why);
    }

    @Test
    void aDryRunShowsWhatMatchesNow() {
        put("in/a.csv", "in/b.csv", "in/_c.csv");

        JsonNode report = API.post(PATH + "/dryRun", body("/in/.csv", WILDCARD)).json();

        assertThat(report.path("files").asInt()).isEqualTo(2);
        assertThat(report.path("first").asText()).isEqualTo("in/a.csv");
        assertThat(report.path("ignored").path("hidden").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trifacta/uploads//", "/trifacta//", "//", "//uploads/x/"})
    void aPathThatMayMatchUploadsIsRefusedWhicheverConnectionLeadsThere(String path) {
        var parameter = WILDCARD.replace("\"index\":4", "\"index\":" + (path.indexOf("//") + 1));
        for (Object through : new Object[] {null, connection}) {
            var body = body(path, parameter);
            body.put("bucket", "wharf");
            body.put("connectionId", through);
            body.values().removeIf(Objects::isNull);

            assertThat(refused(API.post(PATH, body), 403)).contains("uploads");
        }
    }

    @Test
    void aRunMayNotLeadWhereAnImportMayNot() {
        S3.put("wharf", bucket + "/a.csv", "name\na\n".getBytes(UTF_8));
        var anywhere = body(
                "//a.csv",
                WILDCARD.replace("\"pattern\":{\"wildcard\":{}}", "\"variable\":{\"value\":\"" + bucket + "\"}")
                        .replace("\"index\":4", "\"index\":1")
                        .replace("\"type\":\"path\"", "\"type\":\"path\",\"overrideKey\":\"folder\""));
        anywhere.put("bucket", "wharf");
        JsonNode dataset = created(API.post(PATH, anywhere));

        assertThat(refused(start(dataset, overrides("folder", "trifacta/uploads/1/1/x")), 403))
                .contains("uploads");
    }

    @Test
    void baseStorageIsMatchedForDataAdminsOnly() {
        S3.put("wharf", bucket + "/a.csv", "name\na\n".getBytes(UTF_8));
        var body = body("/" + bucket + "/.csv", WILDCARD.replace("\"index\":4", "\"index\":" + (bucket.length() + 2)));
        body.put("bucket", "wharf");
        body.remove("connectionId");
        var member = new Api(WHARF.api(), newMember().token());

        assertThat(created(API.post(PATH, body)).path("fileCount").asInt()).isEqualTo(1);
        assertThat(refused(member.post(PATH, body), 403)).contains("dataAdmin");
    }

    @Test
    void aChangeDecidesWhetherThePathVariesByWhatItSaysOfThat() {
        put("in/a/one.csv", "in/b/one.csv", "in/c.csv");
        JsonNode dataset = created(API.post(PATH, body("/in//one.csv", WILDCARD)));
        String path = PATH + "/" + dataset.path("id");

        assertThat(refused(API.put(path, Map.of("path", "/in/c.csv")), 400))
                .startsWith("path is given to a dataset with a dynamicPath");
        Map<String, Object> fixed = new HashMap<>();
        fixed.put("path", "/in/c.csv");
        fixed.put("dynamicPath", null);
        fixed.put("runParameters", null);
        var changed = API.put(path, fixed);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("isDynamic").asBoolean()).isFalse();
        assertThat(files(dataset)).containsExactly("in/c.csv");
        var varying = API.put(
                path,
                Map.of(
                        "dynamicPath",
                        "/in//one.csv",
                        "runParameters",
                        Json.read("[" + WILDCARD + "]", JsonNode.class)));
        assertThat(varying.status()).as(varying.text()).isEqualTo(200);
        assertThat(files(dataset)).containsExactly("in/a/one.csv", "in/b/one.csv");
    }
}
