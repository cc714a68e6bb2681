package dev.wharf.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.RunFolder;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import finds out about its files, as people see it. */
class StructureOfImportsTest extends WharfTest {
    private static final String PATH = "/v4/importedDatasets";

    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    private void put(String key, String content) {
        S3.put(bucket, key, content.getBytes(UTF_8));
    }

    private Api.Answer create(String key, Object... more) {
        var body = new HashMap<String, Object>(
                Map.of("uri", "s3://" + bucket + "/" + key + "?connectionId=" + connection, "name", "orders"));
        for (int at = 0; at < more.length; at += 2) {
            body.put((String) more[at], more[at + 1]);
        }
        return API.post(PATH, body);
    }

    private static JsonNode created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String refused(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        return answer.json().path("detail").asText();
    }

    private static JsonNode preview(JsonNode dataset, String query) {
        var answer = API.get(PATH + "/" + dataset.path("id") + "/preview" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> columns(JsonNode structure) {
        return StreamSupport.stream(structure.path("columns").spliterator(), false)
                .map(column ->
                        column.path("name").asText() + " " + column.path("type").asText())
                .toList();
    }

    private static List<String> rows(JsonNode preview) {
        return StreamSupport.stream(preview.path("data").spliterator(), false)
                .map(JsonNode::toString)
                .toList();
    }

    @Test
    void theStructureIsKeptWithTheDatasetAndShown() {
        put("in/a.csv", "id;name\n1;x\n");
        put("in/b.csv", "id;name\n2;y\n");

        var dataset = created(create("in/"));

        for (var shown : List.of(
                dataset,
                API.get(PATH + "/" + dataset.path("id")).json(),
                API.get(PATH + "?filterFields=bucket&filter=" + bucket)
                        .json()
                        .path("data")
                        .path(0))) {
            assertThat(shown.path("isSchematized").asBoolean()).isTrue();
            assertThat(shown.path("hasStructuring").asBoolean()).isTrue();
            assertThat(shown.path("structureCheck").asText()).isEqualTo("sample");
            var structure = shown.path("structure");
            assertThat(structure.path("format").asText()).isEqualTo("csv");
            assertThat(structure.path("compression").asText()).isEqualTo("none");
            assertThat(structure.path("encoding").asText()).isEqualTo("UTF-8");
            assertThat(structure.path("delimiter").asText()).isEqualTo(";");
            assertThat(structure.path("header").asBoolean()).isTrue();
            assertThat(columns(structure)).containsExactly("id BIGINT", "name VARCHAR");
            assertThat(structure.path("columnCount").asInt()).isEqualTo(2);
            assertThat(structure.path("checked").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aFolderOfTwoStructuresIsRefusedAndNothingOfItStays() {
        put("in/a.csv", "id,name\n1,x\n");
        put("in/b.csv", "name,id\ny,2\n");

        assertThat(refused(create("in/")))
                .contains("in/b.csv has another header: its columns are in another order", "in/a.csv (id, name)");
        assertThat(API.get(PATH + "?filterFields=bucket&filter=" + bucket)
                        .json()
                        .path("data"))
                .isEmpty();
    }

    @Test
    void withoutACheckThereIsNoStructureAndTheRowsDecideWhenAJobRuns() {
        put("in/a.csv", "id,name\n1,x\n");
        put("in/b.csv", "name,id\ny,2\n");

        var dataset = created(create("in/", "structureCheck", "none"));

        assertThat(dataset.path("structure").isNull()).isTrue();
        assertThat(dataset.path("isSchematized").asBoolean()).isFalse();
        var preview = preview(dataset, "");
        assertThat(rows(preview)).containsExactly("[1,\"x\"]");
        assertThat(preview.path("complete").asBoolean()).isFalse();
        assertThat(preview.path("warnings").path(0).asText())
                .isEqualTo("in/b.csv has other columns than in/a.csv; a job that reads both is refused.");
    }

    @Test
    void unknownWordsAreRefusedByTheirFields() {
        var detail = refused(create(
                "in/",
                "structureCheck",
                "some",
                "columns",
                "any",
                "archived",
                "maybe",
                "columnTypes",
                Map.of("id", "NUMBER")));

        assertThat(detail).contains("structureCheck must be \"all\"");
        put("in/a.csv", "id\n1\n");
        assertThat(refused(create("in/", "columns", "any"))).contains("columns must be \"same\" or \"union\"");
        assertThat(refused(create("in/", "archived", "maybe"))).contains("archived must be \"refuse\" or \"skip\"");
        assertThat(refused(create("in/", "columnTypes", Map.of("id", "NUMBER"))))
                .contains("\"id\" the type NUMBER");
        assertThat(refused(create("in/", "columns", "union")))
                .contains("columns: union applies to Parquet, Avro and JSON");
    }

    @Test
    void theFirstRowsComeFromAsManyFilesAsAreNeeded() {
        put("in/a.csv", "id,name\n1,x\n2,y\n");
        put("in/b.csv", "");
        put("in/c.csv", "id,name\n3,z\n");
        put("in/d.csv", "id,name\n4,w\n5,v\n");

        var dataset = created(create("in/"));

        var four = preview(dataset, "?limit=4");
        assertThat(rows(four)).containsExactly("[1,\"x\"]", "[2,\"y\"]", "[3,\"z\"]", "[4,\"w\"]");
        assertThat(four.path("rowCount").isNull()).isTrue();
        assertThat(four.path("complete").asBoolean()).isFalse();
        assertThat(four.path("files").toString())
                .contains("in/a.csv", "in/c.csv", "in/d.csv")
                .doesNotContain("b.csv");
        assertThat(four.path("files").path(2).path("rows").asInt()).isEqualTo(1);
        assertThat(four.path("uri").asText()).isEqualTo(dataset.path("uri").asText());
        var all = preview(dataset, "");
        assertThat(all.path("rowCount").asInt()).isEqualTo(5);
        assertThat(all.path("complete").asBoolean()).isTrue();
    }

    @Test
    void filesThatDoNotTellTheirHeaderAloneAreShownAsTheImportHasFound() {
        put("in/a.csv", "red,green\nblue,white\n");
        put("in/b.csv", "black,grey\npink,brown\n");

        var dataset = created(create("in/"));

        assertThat(dataset.path("structure").path("header").asBoolean()).isFalse();
        assertThat(rows(preview(dataset, "")))
                .containsExactly(
                        "[\"red\",\"green\"]", "[\"blue\",\"white\"]", "[\"black\",\"grey\"]", "[\"pink\",\"brown\"]");
    }

    @Test
    void whatIsTextInOneFileIsNoNumberInAnother() {
        put("in/a.csv", "id,code,n\n1,1.50,1\n");
        put("in/b.csv", "id,code,n\n2,A,2.5\n3,,\n");

        var preview = preview(created(create("in/")), "");

        assertThat(columns(preview)).containsExactly("id BIGINT", "code VARCHAR", "n DOUBLE");
        assertThat(rows(preview)).containsExactly("[1,\"1.50\",1.0]", "[2,\"A\",2.5]", "[3,null,null]");
        assertThat(rows(preview(created(create("in/")), "?limit=1"))).containsExactly("[1,\"1.50\",1.0]");
        var text = preview(created(create("in/", "disableTypeInference", true)), "");
        assertThat(rows(text)).startsWith("[\"1\",\"1.50\",\"1\"]");
    }

    @Test
    void aConnectionSaysWhetherTypesAreInferredWhereTheImportDoesNot() {
        put("in/a.csv", "id\n1\n");
        API.patch("/v4/connections/" + connection, Map.of("disableTypeInference", true));

        var text = created(create("in/"));

        assertThat(text.path("disableTypeInference").asBoolean()).isTrue();
        assertThat(columns(text.path("structure"))).containsExactly("id VARCHAR");
        assertThat(columns(created(create("in/", "disableTypeInference", false)).path("structure")))
                .containsExactly("id BIGINT");
    }

    @Test
    void whereTypesAreNotToBeInferredTheStructureHasNoneEither() {
        put("in/a.csv", "id,code,n\n1,1.50,1\n");
        put("json/a.json", "{\"id\":1,\"more\":{\"n\":2.5}}\n");

        var csv = created(create("in/", "disableTypeInference", true));
        var json = created(create("json/", "disableTypeInference", true));

        assertThat(columns(csv.path("structure"))).containsExactly("id VARCHAR", "code VARCHAR", "n VARCHAR");
        assertThat(columns(preview(csv, ""))).isEqualTo(columns(csv.path("structure")));
        assertThat(columns(json.path("structure"))).containsExactly("id VARCHAR", "more VARCHAR");
        assertThat(columns(created(create("in/")).path("structure")))
                .containsExactly("id BIGINT", "code DOUBLE", "n BIGINT");
    }

    @Test
    void keysOfJsonStandInOneColumnEachWhateverTheirOrder() {
        put("in/a.json", "{\"a\":1,\"b\":\"x\"}\n");
        put("in/b.json", "{\"c\":true,\"b\":\"y\"}\n");

        var preview = preview(created(create("in/")), "");

        assertThat(columns(preview)).containsExactly("a BIGINT", "b VARCHAR", "c BOOLEAN");
        assertThat(rows(preview)).containsExactly("[1,\"x\",null]", "[null,\"y\",true]");
    }

    @Test
    void recordsOfJsonAreValuesWhereNotAllOfThemAreObjects() {
        put("in/a.json", "{\"a\":1,\"b\":null}\n");
        put("in/b.json", "[5]");

        assertThat(rows(preview(created(create("in/")), ""))).containsExactly("[{\"a\":1,\"b\":null}]", "[5]");
    }

    @Test
    void typesThatWereSaidAreKeptAndShown() {
        put("in/a.csv", "id,zip\n1,01234\n2,98765\n");

        var dataset = created(create("in/", "columnTypes", Map.of("zip", "varchar", "id", "decimal(9, 2)")));

        assertThat(dataset.path("columnTypes").path("zip").asText()).isEqualTo("VARCHAR");
        assertThat(columns(dataset.path("structure"))).containsExactly("id DECIMAL(9,2)", "zip VARCHAR");
        assertThat(rows(preview(dataset, ""))).containsExactly("[1.0,\"01234\"]", "[2.0,\"98765\"]");
        assertThat(refused(create("in/", "columnTypes", Map.of("ZIP", "VARCHAR"))))
                .contains("columnTypes names \"ZIP\"", "it has \"id\", \"zip\"");
    }

    @Test
    void whatTheFirstRowsHoldAgainstTheTypesThatWereSaidIsRefusedAsAJobWouldRefuseIt() {
        put("in/a.csv", "id,code\n1,7\n");
        put("in/b.csv", "id,code\n2,8\n3,x\n");
        put("json/a.json", "{\"code\":\"x\"}\n");
        var words = "line 3, has \"x\" in the column \"code\", which is no value of the type BIGINT (columnTypes)";

        assertThat(refused(create("in/", "columnTypes", Map.of("code", "BIGINT"))))
                .contains("in/b.csv, " + words);
        assertThat(refused(create("in/b.csv", "columnTypes", Map.of("code", "BIGINT"))))
                .contains("in/b.csv, " + words);
        assertThat(refused(create("json/", "columnTypes", Map.of("code", "BIGINT"))))
                .contains("json/a.json, record 1, has \"x\"");
    }

    @Test
    void whatIsSaidOfFilesThatAreNotReadIsRefusedByTheirFormat() {
        put("in/a.bin", "x");

        for (var said : Map.of("header", true, "columnTypes", Map.of("id", "BIGINT"), "columns", "union")
                .entrySet()) {
            assertThat(refused(create("in/", "structureCheck", "none", said.getKey(), said.getValue())))
                    .contains("in/a.bin: .bin is not a format that can be read");
        }
    }

    @Test
    void aPreviewOfWhatNobodyHasLookedIntoNamesColumnsOfWhichAreNone() {
        put("in/a.csv", "id,code\n1,7\n");
        var dataset = created(create("in/", "structureCheck", "none", "columnTypes", Map.of("cod", "BIGINT")));

        assertThat(preview(dataset, "").path("warnings"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo(
                        "columnTypes names \"cod\", which is no column of in/a.csv; it has \"id\", \"code\"; a job is"
                                + " refused.");
    }

    @Test
    void aKeyOfJsonThatOnlyLaterRowsHaveMayBeGivenAType() {
        put("in/a.json", "{\"id\":1}\n".repeat(2_000) + "{\"id\":1,\"late\":2}\n");

        created(create("in/", "columnTypes", Map.of("late", "BIGINT")));
        put("other/a.json", "{\"id\":1}\n");
        assertThat(refused(create("other/", "columnTypes", Map.of("late", "BIGINT"))))
                .contains("columnTypes names \"late\"");
    }

    @Test
    void aJobReadsAsTheImportHasFoundAndAsWasSaid() {
        put("in/a.csv", "id;code\n1;7\n2;8\n");
        put("in/b.csv", "id;code\n" + "3;9\n".repeat(1_500) + "3;x\n");
        var dataset = created(create("in/", "columnTypes", Map.of("code", "BIGINT")));
        var setting = Map.of(
                "path",
                "s3://" + bucket + "/out/r.json?connectionId=" + connection,
                "action",
                "create",
                "format",
                "json");

        var job = API.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", dataset.path("id").asLong()),
                        "overrides",
                        Map.of("execution", "photon", "writesettings", List.of(setting))));

        assertThat(job.status()).as(job.text()).isEqualTo(201);
        var path = "/v4/jobGroups/" + job.json().path("id");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> API.get(path + "/status").text(), "\"Failed\""::equals);
        assertThat(API.get(path).text())
                .contains(
                        "in/b.csv, line 1502, has \\\"x\\\" in the column \\\"code\\\", which is no value of the type BIGINT");
    }

    @Test
    void theDataOfOneFolderIsMixedAndItsFilesAreNamed() throws Exception {
        for (var name : List.of("airports-19.csv", "us-employment-9.csv", "seattle-weather.csv")) {
            put("in/" + name, RunFolder.sample(name));
        }

        assertThat(refused(create("in/")))
                .contains(
                        "2 of the 3 files", "in/seattle-weather.csv has another header", "in/us-employment-9.csv has");
        put("in/flights-200.json", RunFolder.sample("flights-200.json"));
        assertThat(refused(create("in/")))
                .contains("files of different formats: 3 CSV (in/airports-19.csv, ", "; 1 JSON (in/flights-200.json)");
    }

    @Test
    void columnsThatWereAddedAtTheEndAreNullWhereTheyAreNot(@TempDir Path folder) throws Exception {
        for (var file : Map.of("a", "1 AS id", "b", "2 AS id, 'x' AS name").entrySet()) {
            var path = folder.resolve(file.getKey());
            RunFolder.query("COPY (SELECT " + file.getValue() + ") TO '" + path + "' (FORMAT parquet)");
            S3.put(bucket, "in/" + file.getKey() + ".parquet", Files.readAllBytes(path));
        }

        assertThat(refused(create("in/")))
                .contains("in/b.parquet", "schema evolution, which columns=union reads together");
        var dataset = created(create("in/", "columns", "union"));
        assertThat(dataset.path("columns").asText()).isEqualTo("union");
        assertThat(rows(preview(dataset, ""))).containsExactly("[1,null]", "[2,\"x\"]");
    }

    @Test
    void aPreviewOfAFileThatHasChangedSaysSo() {
        put("in/a.csv", "id\n1\n");
        var dataset = created(create("in/"));
        put("in/a.csv", "id\n2\n3\n");

        var answer = API.get(PATH + "/" + dataset.path("id") + "/preview");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText())
                .isEqualTo("s3://" + bucket + "/in/a.csv has changed or gone since the dataset was imported. Refresh it"
                        + " (POST /v4/importedDatasets/" + dataset.path("id") + "/refresh)");
    }

    @Test
    void aPreviewIsOfDatasetsThatAreThereAndOfRowsThatThereMayBe() {
        put("in/a.csv", "id\n1\n");
        var id = created(create("in/")).path("id");

        assertThat(API.get(PATH + "/" + id + "/preview?limit=0").status()).isEqualTo(400);
        assertThat(API.get(PATH + "/999999/preview").status()).isEqualTo(404);
        API.delete(PATH + "/" + id);
        assertThat(API.get(PATH + "/" + id + "/preview").status()).isEqualTo(410);
    }

    @Test
    void aDryRunShowsTheStructureOrWhatDiffers() {
        put("in/a.csv", "id,name\n1,x\n");
        var uri = "s3://" + bucket + "/in/?connectionId=" + connection;
        var body = Map.of("uri", uri, "name", "orders");

        var report = API.post(PATH + "/dryRun", body).json();
        assertThat(report.path("importable").asBoolean()).isTrue();
        assertThat(columns(report.path("structure"))).containsExactly("id BIGINT", "name VARCHAR");
        put("in/b.csv", "id\n1\n");
        report = API.post(PATH + "/dryRun", body).json();
        assertThat(report.path("importable").asBoolean()).isFalse();
        assertThat(report.path("refusals").toString()).contains("in/b.csv has another header");
    }
}
