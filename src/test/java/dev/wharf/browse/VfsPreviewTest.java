package dev.wharf.browse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.FaultyS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VfsPreviewTest extends WharfTest {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final String bucket = newBucket();

    private static String encoded(String uri) {
        return "/vfsPreview?uri=" + URLEncoder.encode(uri, UTF_8).replace("+", "%20");
    }

    private String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + newConnection(null);
    }

    private Api.Answer preview(String key, byte[] content) {
        S3.put(bucket, key, content);
        return API.get(encoded(uri(key)));
    }

    private static JsonNode shown(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String detail(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private static byte[] sample(String name) throws IOException {
        try (var content = VfsPreviewTest.class.getResourceAsStream("/data/" + name)) {
            return content.readAllBytes();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        try (var left = Files.list(WHARF.folder().previews())) {
            assertThat(left).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileShowsItsStructureAndItsFirstRows() throws IOException {
        var shown = shown(preview("in/weather.csv", sample("seattle-weather.csv")));

        assertThat(shown.path("uri").asText()).startsWith("s3://" + bucket + "/in/weather.csv?connectionId=");
        assertThat(shown.path("format").asText()).isEqualTo("csv");
        assertThat(shown.path("compression").isNull()).isTrue();
        assertThat(shown.path("encoding").asText()).isEqualTo("UTF-8");
        assertThat(shown.path("delimiter").asText()).isEqualTo(",");
        assertThat(shown.path("header").asBoolean()).isTrue();
        assertThat(shown.path("columns").path(1)).hasToString("{\"name\":\"precipitation\",\"type\":\"DOUBLE\"}");
        assertThat(shown.path("columnCount").asInt()).isEqualTo(6);
        assertThat(shown.path("data")).hasSize(100);
        assertThat(shown.path("data").path(0)).hasToString("[\"2012-01-01\",0.0,12.8,5.0,4.7,\"drizzle\"]");
        assertThat(shown.path("rowCount").isNull()).isTrue();
        assertThat(shown.path("complete").asBoolean()).isFalse();
        assertThat(shown.path("size").asLong()).isEqualTo(sample("seattle-weather.csv").length);
        assertThat(shown.path("bytesRead").asLong())
                .isEqualTo(shown.path("size").asLong());
    }

    @Test
    void theLimitIsKept() throws IOException {
        S3.put(bucket, "flights.json", sample("flights-200.json"));
        String address = encoded(uri("flights.json"));

        assertThat(shown(API.get(address + "&limit=1")).path("data")).hasSize(1);
        var all = shown(API.get(address + "&limit=1000"));
        assertThat(all.path("data")).hasSize(200);
        assertThat(all.path("rowCount").asInt()).isEqualTo(200);
        assertThat(all.path("complete").asBoolean()).isTrue();
        for (String limit : new String[] {"0", "1001", "many"}) {
            assertThat(detail(API.get(address + "&limit=" + limit), 400)).startsWith("limit");
        }
    }

    @Test
    void whatIsSaidOfATextDecidesHowItIsRead() {
        S3.put(bucket, "a.csv", "a;b\n'1;2';é\n".getBytes(ISO_8859_1));
        var address = encoded(uri("a.csv"));

        var shown = shown(API.get(address + "&header=false&delimiter=%3B&encoding=iso-8859-1&quote='"));

        assertThat(shown.path("data")).hasToString("[[\"a\",\"b\"],[\"1;2\",\"é\"]]");
        assertThat(shown.path("header").asBoolean(true)).isFalse();
        assertThat(shown.path("encoding").asText()).isEqualTo("ISO-8859-1");
        assertThat(shown.path("warnings")).isEmpty();
        var bare = shown(API.get(address + "&header=true&delimiter=%2C&encoding=windows-1252&quote=none"));
        assertThat(bare.path("columns").path(0).path("name").asText()).isEqualTo("a;b");
        assertThat(bare.path("data")).hasToString("[[\"'1;2';é\"]]");
    }

    @Test
    void aCloseDecisionIsTold() {
        var shown = shown(preview("a.csv", "1;1,50\n2;2,75\n".getBytes(UTF_8)));

        assertThat(shown.path("delimiter").asText()).isEqualTo(";");
        assertThat(shown.path("warnings").path(0).asText()).contains("\";\"", "\",\"", "delimiter");
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, header=yes, header must be",
        "a.csv, delimiter=, delimiter must be",
        "a.csv, delimiter=%3B%3B, delimiter must be",
        "a.csv, delimiter=%22, delimiter must be another character than the quote",
        "a.csv, encoding=klingon, encoding must be",
        "a.csv, encoding=, encoding must be",
        "a.csv, quote=ab, quote must be",
        "a.json, encoding=UTF-8, 'encoding: applies to delimited text only, and a.json is JSON'",
        "a.avro, header=true, 'header: applies to delimited text only, and a.avro is Avro'"
    })
    void whatCannotBeSaidIsRefusedByName(String key, String said, String reason) {
        S3.put(bucket, key, "{}".getBytes(UTF_8));

        assertThat(detail(API.get(encoded(uri(key)) + "&" + said), 400)).startsWith(reason);
    }

    @Test
    void theFileServiceOfTheOriginalShowsItAsWell() {
        S3.put(bucket, "a.csv", "id\n1\n".getBytes(UTF_8));
        String address = encoded(uri("a.csv"));

        assertThat(shown(FILES.get(address)).path("data")).hasToString("[[1]]");
        var byMembership = new Api(WHARF.files(), null);
        var answer = byMembership.send(byMembership
                .request(address)
                .header("x-trifacta-person-workspace-id", "1")
                .GET());
        assertThat(shown(answer).path("data")).hasToString("[[1]]");
    }

    @Test
    void ofALargeFileLittleIsRead() {
        byte[] content = IntStream.range(0, 400_000)
                .mapToObj(i -> i + ",some text " + i + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
        S3.put(bucket, "large.csv", content);
        try (var proxy = FaultyS3.before(S3)) {
            var shown = shown(API.get(
                    encoded("s3://" + bucket + "/large.csv?connectionId=" + newConnection(proxy.endpoint(), null))));

            assertThat(shown.path("data")).hasSize(100);
            assertThat(asked(proxy)).isEqualTo(shown.path("bytesRead").asLong()).isLessThan(content.length / 6);
        }
    }

    /** Bytes of all ranges. */
    private static long asked(FaultyS3 proxy) {
        return proxy.requests("GET", "").stream()
                .map(request -> RANGE.matcher(request.headers().getOrDefault("Range", "")))
                .mapToLong(range -> range.matches()
                        ? Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) + 1
                        : Long.MAX_VALUE / 100)
                .sum();
    }

    @Test
    void whereRangesAndHeadAreRefusedTheFileIsReadFromItsBeginning() {
        S3.put(bucket, "a.csv", "id\n1\n".getBytes(UTF_8));
        try (var faults = FaultyS3.before(S3)) {
            faults.on("HEAD", "").answer(403, "AccessDenied").always();
            faults.on("GET", "a.csv").answer(501, "NotImplemented");
            String address =
                    encoded("s3://" + bucket + "/a.csv?connectionId=" + newConnection(faults.endpoint(), null));

            assertThat(shown(API.get(address)).path("data")).hasToString("[[1]]");
        }
    }

    @Test
    void aFileThatIsReplacedInBetweenIsNoMixture() {
        byte[] content = ("x".repeat(5_000) + "\n").repeat(400).getBytes(UTF_8);
        S3.put(bucket, "a.txt", content);
        try (var faults = FaultyS3.before(S3)) {
            faults.on("GET", "a.txt").after(1).answer(412, "PreconditionFailed").always();
            String address =
                    encoded("s3://" + bucket + "/a.txt?connectionId=" + newConnection(faults.endpoint(), null));

            assertThat(detail(API.get(address + "&limit=300"), 409)).contains("a.txt", "replaced");
            assertThat(faults.requests("GET", "a.txt").get(1).headers()).containsKey("If-Match");
        }
    }

    @Test
    void archivedIsSaidBeforeAnythingElse() {
        try (var faults = FaultyS3.before(S3)) {
            faults.on("GET", "old").answer(403, "InvalidObjectState").always();
            long connection = newConnection(faults.endpoint(), null);
            for (String key : new String[] {"old.csv", "old.parquet", "old.xlsx"}) {
                var answer = API.get(encoded("s3://" + bucket + "/" + key + "?connectionId=" + connection));

                assertThat(detail(answer, 400)).contains(key, "archived");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://?connectionId=%d", "s3://bucket-%d", "s3://bucket/folder/?connectionId=%d"})
    void aPlaceThatIsNoFileIsRefused(String place) {
        assertThat(detail(API.get(encoded(place.formatted(newConnection(null)))), 400))
                .startsWith("uri names no file");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(detail(API.get(encoded(uri("missing.csv"))), 404)).contains("s3://" + bucket + "/missing.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "a.xlsx, .xlsx is not a format that can be read",
        "a.parquet, is not a sound Parquet file",
        "a.json.gz, is not sound gzip data"
    })
    void whatCannotBeReadIsRefusedByName(String key, String reason) {
        assertThat(detail(preview(key, "no such thing".getBytes(UTF_8)), 400)).contains(key, reason);
    }

    @Test
    void aKeyIsNeverAPath() {
        for (String key :
                new String[] {"'); DROP TABLE x; --.csv", "..%2F..%2Fetc.csv", "{{wharf.data-dir}}.csv", "*.csv"}) {
            assertThat(shown(preview(key, "id\n1\n".getBytes(UTF_8))).path("data"))
                    .hasToString("[[1]]");
        }
    }

    @Test
    void baseStorageIsForDataAdminsAndConnectionsForThoseWhoSeeThem() {
        S3.put("wharf", bucket + "/a.csv", "id\n1\n".getBytes(UTF_8));
        S3.put(bucket, "a.csv", "id\n1\n".getBytes(UTF_8));
        var member = new Api(WHARF.api(), newMember().token());
        String base = encoded("s3://wharf/" + bucket + "/a.csv");

        assertThat(shown(API.get(base)).path("data")).hasToString("[[1]]");
        assertThat(detail(member.get(base), 403)).contains("dataAdmin");
        assertThat(member.get(encoded(uri("a.csv"))).status()).isEqualTo(404);
        assertThat(new Api(WHARF.api(), null).get(base).status()).isEqualTo(401);
    }

    @Test
    void whatAProcessLeftIsRemovedByTheNext() throws IOException {
        var folder = Files.createTempDirectory("wharf-test");
        Files.writeString(
                Files.createDirectories(folder.resolve("tmp/previews/17")).resolve("object"), "left");
        try (var wharf = start(Map.of("wharf.data-dir", folder.toString()))) {
            assertThat(wharf.folder().previews()).isEmptyDirectory();
        }
    }
}
