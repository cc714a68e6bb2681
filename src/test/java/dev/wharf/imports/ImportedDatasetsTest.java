package dev.wharf.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Problems;
import dev.wharf.testing.Logged;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.FaultyS3;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedDatasetsTest extends WharfTest {
    private static final String PATH = "/v4/importedDatasets";
    private static final byte[] CONTENT = "a,b\n".getBytes(UTF_8);

    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    private void put(String... keys) {
        for (String key : keys) {
            S3.put(bucket, key, CONTENT);
        }
    }

    private String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    private static Api.Answer createFrom(String uri) {
        return API.post(PATH, Map.of("uri", uri, "name", "orders"));
    }

    private Api.Answer create(String key) {
        return createFrom(uri(key));
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
        var data = API.get(PATH + "/" + dataset.path("id") + "/files").json().path("data");
        return StreamSupport.stream(data.spliterator(), false)
                .map(file -> file.path("key").asText())
                .toList();
    }

    @Test
    void aFolderIsImportedWithAllItsSubFolders() {
        put("in/2024/a.csv", "in/2025/01/b.csv", "in/c.csv", "inner/d.csv");

        JsonNode dataset = created(create("in/"));

        assertThat(dataset.path("fileCount").asInt()).isEqualTo(3);
        assertThat(dataset.path("size").asInt()).isEqualTo(3 * CONTENT.length);
        assertThat(files(dataset)).containsExactly("in/2024/a.csv", "in/2025/01/b.csv", "in/c.csv");
    }

    @Test
    void aDatasetIsAnsweredAsTheApiOfTheOriginalDoes() {
        put("in/orders.csv");

        JsonNode dataset = created(API.tolerated()
                .post(
                        PATH,
                        Map.of(
                                "uri",
                                uri("in/orders.csv"),
                                "name",
                                "orders",
                                "description",
                                "all of them",
                                "disableTypeInference",
                                true,
                                "detectStructure",
                                true,
                                "runParameters",
                                List.of())));

        assertThat(dataset.path("name").asText()).isEqualTo("orders");
        assertThat(dataset.path("description").asText()).isEqualTo("all of them");
        assertThat(dataset.path("disableTypeInference").asBoolean()).isTrue();
        assertThat(dataset.path("type").asText()).isEqualTo("s3");
        assertThat(dataset.path("bucket").asText()).isEqualTo(bucket);
        assertThat(dataset.path("path").asText()).isEqualTo("/in/orders.csv");
        assertThat(dataset.path("isDynamic").asBoolean(true)).isFalse();
        assertThat(dataset.path("connection")).hasToString("{\"id\":" + connection + "}");
        JsonNode location = dataset.path("storageLocation");
        assertThat(location.path("fullUri").asText()).isEqualTo("s3://" + bucket + "/in/orders.csv");
        assertThat(location.path("hash").asText()).matches("[0-9a-f]{40}");
        assertThat(API.get(PATH + "/" + dataset.path("id")).json()).isEqualTo(dataset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/in/", "in/", "in"})
    void thePathFormNamesTheSame(String path) {
        put("in/a.csv");

        JsonNode dataset = created(API.post(
                PATH, Map.of("type", "s3", "bucket", bucket, "path", path, "connectionId", connection, "name", "in")));

        assertThat(dataset.path("uri").asText()).isEqualTo(uri("in/"));
        assertThat(dataset.path("path").asText()).isEqualTo("/in/");
    }

    @Test
    void aFolderImportIgnoresMarkersHiddenNamesAndPlaceholders() {
        put("in/a.csv", "in/x_SUCCESS.csv", "in/sub/b.csv");
        put("in/_SUCCESS", "in/part_SUCCESS", "in/sub/part_FAILED", "in/.crc", "in/_tmp/0/c.json", "in/sub_$folder$");
        put("in/_SUCCESS.csv");

        JsonNode dataset = created(create("in/"));

        assertThat(files(dataset)).containsExactly("in/a.csv", "in/sub/b.csv", "in/x_SUCCESS.csv");
        assertThat(dataset.path("ignoredCount").asInt()).isEqualTo(7);
    }

    @Test
    void aFileThatAPersonNamesIsImportedThoughItIsHidden() {
        put("in/_hidden.csv", "in/.hidden.csv");

        assertThat(files(created(create("in/_hidden.csv")))).containsExactly("in/_hidden.csv");
        created(create("in/.hidden.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"in/_SUCCESS", "in/part_FAILED"})
    void aMarkerIsNoDataEvenIfItIsNamed(String key) {
        put(key);
        assertThat(refused(create(key), 400)).contains("s3://" + bucket + "/" + key, "holds no data");
    }

    @Test
    void aFolderOfIgnoredFilesIsRefusedAndSaysHowMany() {
        put("in/_SUCCESS", "in/.a");
        assertThat(refused(create("in/"), 400)).contains("s3://" + bucket + "/in/", "(2)");
    }

    @Test
    void whatIsNotThereIsNamed() {
        put("in/a.csv");
        assertThat(refused(create("in/b.csv"), 404)).contains("s3://" + bucket + "/in/b.csv");
        assertThat(refused(create("out/"), 404)).contains("s3://" + bucket + "/out/");
        assertThat(refused(create("i"), 404)).contains("s3://" + bucket + "/i");
        assertThat(refused(createFrom("s3://no-such-bucket/x?connectionId=" + connection), 404))
                .contains("no-such-bucket");
        assertThat(refused(createFrom("s3://" + bucket + "/in/?connectionId=999999"), 404))
                .contains("connection 999999");
    }

    @Test
    void aBucketIsNotAFolder() {
        put("a.csv");
        assertThat(refused(create(""), 400)).contains(bucket, "A whole bucket is not a folder");
        assertThat(refused(createFrom("s3://?connectionId=" + connection), 400)).contains("whole connection");
    }

    @Test
    void filesOfDifferentFormatsAreNotOneDataset() {
        put("in/a.csv", "in/b.csv.gz", "in/c.json", "in/d.JSONL");

        String detail = refused(create("in/"), 400);

        assertThat(detail).contains("2 CSV (in/a.csv, in/b.csv.gz)", "2 JSON (in/c.json, in/d.JSONL)");
        assertThat(API.get(PATH + "?limit=1000").text()).doesNotContain(bucket);
    }

    @Test
    void archivedObjectsAreRefusedByName() {
        try (var faults = FaultyS3.before(S3)) {
            faults.on("GET", "list-type=2")
                    .answerWith(200, Map.of(), archive(101))
                    .always();
            long cold = newConnection(faults.endpoint(), null);

            String detail = refused(createFrom("s3://" + bucket + "/in/?connectionId=" + cold), 400);

            assertThat(detail).contains("101 objects are archived", "in/0.csv, ", "in/99.csv", "and 1 more");
            assertThat(detail).doesNotContain("in/100.csv");
        }
    }

    private static String archive(int count) {
        var objects = new StringBuilder();
        for (int i = 0; i < count; i++) {
            objects.append("<Contents><Key>in/").append(i).append(".csv</Key><Size>4</Size>");
            objects.append("<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag>");
            objects.append("<StorageClass>DEEP_ARCHIVE</StorageClass></Contents>");
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name><Prefix>in/</Prefix>"
                + "<EncodingType>url</EncodingType><KeyCount>" + count + "</KeyCount><MaxKeys>1000</MaxKeys>"
                + "<IsTruncated>false</IsTruncated>" + objects + "</ListBucketResult>";
    }

    @Test
    void anImportThatFailsHalfWayLeavesNothing() {
        IntStream.range(0, 1100).forEach(i -> put("in/" + i + ".csv"));
        try (var faults = FaultyS3.before(S3)) {
            faults.on("GET", "continuation-token").answer(403, "AccessDenied").always();
            long broken = newConnection(faults.endpoint(), null);

            refused(createFrom("s3://" + bucket + "/in/?connectionId=" + broken), 403);

            assertThat(API.get(PATH + "?limit=1000").text()).doesNotContain(bucket);
            assertThat(API.delete("/v4/connections/" + broken).status()).isEqualTo(204);
        }
        assertThat(created(create("in/")).path("fileCount").asInt()).isEqualTo(1100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "isDynamic|\"perhaps\"",
                "dynamicPath|7",
                "dynamicBucket|7",
                "connectionId|\"x136\"",
                "name|\"\"",
                "type|\"hdfs\"",
                "bucket|null",
                "header|\"yes\"",
                "delimiter|\";;\"",
                "encoding|\"klingon\"",
                "quote|\"ab\""
            })
    void aWrongFieldIsRefusedByName(String field, String json) {
        Map<String, Object> body = new LinkedHashMap<>(
                Map.of("bucket", bucket, "path", "/in/", "connectionId", connection, "name", "x", "type", "s3"));
        body.put(field, Json.read(json, JsonNode.class));

        assertThat(refused(API.post(PATH, body), 400)).startsWith(field);
    }

    @Test
    void whatIsSaidOfTextsIsKeptWithTheDataset() {
        put("in/orders.csv", "in/orders.json");
        Map<String, Object> body = new LinkedHashMap<>(Map.of("uri", uri("in/orders.csv"), "name", "orders"));
        body.putAll(Map.of("header", false, "delimiter", "tab", "encoding", "latin1", "quote", "none"));

        JsonNode dataset = created(API.post(PATH, body));

        assertThat(dataset.path("header").asBoolean(true)).isFalse();
        assertThat(dataset.path("delimiter").asText()).isEqualTo("\t");
        assertThat(dataset.path("encoding").asText()).isEqualTo("ISO-8859-1");
        assertThat(dataset.path("quote").asText("?")).isEmpty();
        assertThat(API.get(PATH + "/" + dataset.path("id")).json()).isEqualTo(dataset);
        assertThat(created(create("in/orders.csv")).path("delimiter").isNull()).isTrue();
        body.put("uri", uri("in/orders.json"));
        assertThat(refused(API.post(PATH, body), 400))
                .isEqualTo("header, delimiter, encoding, quote: apply to delimited text only, and in/orders.json is"
                        + " JSON.");
    }

    @Test
    void embedShowsTheConnectionWithoutItsKeys() {
        put("in/a.csv");
        String path = PATH + "/" + created(create("in/")).path("id");

        JsonNode embedded = API.get(path + "?embed=connection").json().path("connection");

        assertThat(embedded.path("id").asLong()).isEqualTo(connection);
        assertThat(embedded.path("vendor").asText()).isEqualTo("aws");
        assertThat(embedded.path("name").asText()).startsWith("connection ");
        assertThat(embedded.toString()).doesNotContain(S3.accessKeyId());
        assertThat(refused(API.get(path + "?embed=flows"), 400)).contains("embed", "connection");
    }

    @Test
    void aDeletedDatasetIsGoneAndItsFilesStay() {
        put("in/a.csv");
        String path = PATH + "/" + created(create("in/")).path("id");

        assertThat(API.delete(path).status()).isEqualTo(204);
        assertThat(API.get(path).status()).isEqualTo(410);
        assertThat(API.delete(path).status()).isEqualTo(410);
        long person = API.get("/v4/people/current").json().path("id").asLong();
        assertThat(refused(
                        API.post(
                                "/v4/jobGroups",
                                Map.of("wrangledDataset", Map.of("id", Long.valueOf(path.replaceAll(".*/", ""))))),
                        410))
                .as("as of all that needs it")
                .isEqualTo(refused(API.get(path + "/preview"), 410))
                .contains(" was deleted on 20", " by person " + person + "; includeDeleted=true shows what it was");
        assertThat(API.get(path + "/files").status()).isEqualTo(410);
        assertThat(S3.keys(bucket)).containsExactly("in/a.csv");
    }

    @Test
    void listsArePaged() {
        put("in/1.csv", "in/2.csv", "in/3.csv");
        String path = PATH + "/" + created(create("in/")).path("id");

        JsonNode page =
                API.get(path + "/files?limit=2&offset=1&includeCount=true").json();
        assertThat(page.path("data")).hasSize(2);
        assertThat(page.path("data").path(0).path("key").asText()).isEqualTo("in/2.csv");
        assertThat(page.path("data").path(0).path("uri").asText()).isEqualTo(uri("in/2.csv"));
        assertThat(page.path("count").asInt()).isEqualTo(3);
        assertThat(API.get(path + "/files?limit=10001").status()).isEqualTo(400);
        assertThat(API.get(PATH + "?limit=1&includeCount=true").json().path("data"))
                .hasSize(1);
    }

    @Test
    void aDatasetIsItsOwnersAlone() {
        put("in/a.csv");
        String path = PATH + "/" + created(create("in/")).path("id");
        var member = new Api(WHARF.api(), newMember().token());

        assertThat(member.get(path).status()).isEqualTo(404);
        assertThat(member.delete(path).status()).isEqualTo(404);
        assertThat(member.get(PATH).json().path("data")).isEmpty();
    }

    @Test
    void baseStorageIsImportedByDataAdminsOnly() {
        S3.put("wharf", bucket + "/a.csv", CONTENT);
        var body = Map.of("uri", "s3://wharf/" + bucket + "/", "name", "base");
        var member = new Api(WHARF.api(), newMember().token());

        assertThat(created(API.post(PATH, body)).path("connection").isNull()).isTrue();
        assertThat(refused(member.post(PATH, body), 403)).contains("dataAdmin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trifacta/uploads/1/1/x/a.csv",
                "trifacta/uploads/team/1/1/x/a.csv",
                "trifacta/uploads/",
                "trifacta/uploads",
                "trifacta/"
            })
    void uploadsAreNotImportedByHand(String key) {
        for (String suffix : List.of("", "?connectionId=" + connection)) {
            assertThat(refused(createFrom("s3://wharf/" + key + suffix), 403)).contains("uploads");
        }
    }

    @Test
    void theSameExecutionIdImportsOnce() {
        put("in/a.csv");
        String body = "{\"name\":\"once\",\"uri\":\"" + uri("in/") + "\"}";
        try (var said = Logged.by(Problems.class.getName())) {
            var first = once(body);
            assertThat(first.status()).isEqualTo(201);

            var again = once(body);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.headers().get("location"))
                    .containsExactly(PATH + "/" + first.json().path("id"));
            assertThat(said.lines()).as("nothing unexpected has happened").isEmpty();
        }
    }

    private Api.Answer once(String body) {
        return API.send(API.request(PATH)
                .header("content-type", "application/json")
                .header("x-execution-id", bucket)
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void aStoreThatMergesSlashesIsNamedWithTheKeyThatItListsAndTheNameToTake() {
        put("in/sub/a.csv"); // on a file system

        assertThat(refused(create("in//sub/"), 400))
                .contains(
                        "s3://" + bucket + "/in//sub/",
                        "asked for keys that begin with \"in//sub/\" and lists \"in/sub/a.csv\"",
                        "it merges slashes",
                        "Name the place as the store lists it: \"in/sub/\"");
    }

    @Test
    void ofAConnectionThatIsNoLongerSharedOnlyTheIdIsSeen() {
        put("in/a.csv");
        var member = newMember();
        var api = new Api(WHARF.api(), member.token());
        String permissions = "/v4/connections/" + connection + "/permissions";
        API.post(
                permissions,
                Map.of("data", List.of(Map.of("person", Map.of("id", member.personId()), "role", "readOnly"))));
        String path = PATH + "/"
                + created(api.post(PATH, Map.of("uri", uri("in/a.csv"), "name", "a")))
                        .path("id");
        assertThat(api.get(path + "?embed=connection")
                        .json()
                        .at("/connection/name")
                        .asText())
                .isNotEmpty();

        API.delete(permissions + "/" + member.personId());

        assertThat(api.get(path + "?embed=connection").json().path("connection").fieldNames())
                .toIterable()
                .containsExactly("id");
        var job = api.post(
                "/v4/jobGroups",
                Map.of("wrangledDataset", Map.of("id", api.get(path).json().path("id"))));
        assertThat(refused(job, 404))
                .isEqualTo(refused(api.get(path + "/preview"), 404))
                .contains("is read through connection " + connection + ", which you may not use, or no longer");
    }
}
