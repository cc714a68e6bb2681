package dev.wharf.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What lies in a base storage of a million objects. */
class LifecycleTest extends WharfTest {
    private static final int MILLION = 1_000_000;

    private static StubS3 s3;
    private static Wharf wharf;
    private static Api admin;

    @BeforeAll
    static void begin() {
        s3 = StubS3.start("base", "other", "small");
        s3.tree("base", Tree.flat("trifacta/uploads/1/1/", MILLION));
        s3.put("small", "trifacta/uploads/1/1/orders.csv", new byte[1]);
        s3.put("base", "trifacta/queryResults/ann@example.com/orders_1/orders.csv", "id\n1\n".getBytes(UTF_8));
        s3.put("base", "trifacta/queryResults/.trifacta/sample", new byte[10]);
        s3.put("base", "trifacta/tempfiles/1", new byte[20]);
        s3.put("base", "finance/out/report.csv", new byte[30]);
        s3.put("base", "finance/outside.csv", new byte[40]);
        upload("trifacta/uploads/1/1/half");
        upload("zzz");
        wharf = start(Map.of(
                "wharf.storage.bucket", "base",
                "wharf.storage.extra-buckets", "small",
                "wharf.storage.endpoint", s3.endpoint().toString(),
                "wharf.storage.access-key-id", s3.accessKeyId(),
                "wharf.storage.secret-access-key", s3.secretAccessKey()));
        admin = new Api(wharf.api(), token(wharf));
        long me = admin.get("/v4/people/current").json().path("id").asLong();
        assertThat(admin.patch("/v4/workspaces/current/people/" + me, Map.of("outputHomeDir", "/finance/out"))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void end() {
        wharf.close();
        s3.close();
    }

    private static S3Client client(URI endpoint, String accessKeyId, String secretAccessKey) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)))
                .build();
    }

    private static void upload(String key) {
        try (var client = client(s3.endpoint(), s3.accessKeyId(), s3.secretAccessKey())) {
            client.createMultipartUpload(request -> request.bucket("base").key(key));
        }
    }

    private static JsonNode part(JsonNode report, String prefix) {
        for (JsonNode part : report.path("prefixes")) {
            if (part.path("prefix").asText().equals(prefix)) {
                return part;
            }
        }
        throw new AssertionError("There is no " + prefix + " in " + report);
    }

    @Test
    void everythingIsCountedUnderTheLongestPrefixThatItHas() {
        s3.reset();

        var report = admin.get("/v4/storage/lifecycle").json();

        assertThat(report.path("partial").asBoolean()).isFalse();
        assertThat(report.path("uploadsPartial").asBoolean()).isFalse();
        var uploads = part(report, "trifacta/uploads/");
        assertThat(uploads.path("kind").asText()).isEqualTo("uploads");
        assertThat(uploads.path("objects").asLong()).isEqualTo(MILLION);
        assertThat(uploads.path("bytes").asLong()).isEqualTo(1000L * MILLION);
        assertThat(uploads.path("oldest").asText()).isEqualTo("2024-01-01T00:00:00.000Z");
        assertThat(uploads.path("newest").asText()).isEqualTo("2024-01-01T00:00:00.000Z");
        assertThat(uploads.path("incompleteUploads").asLong()).isEqualTo(1);
        assertThat(part(report, "finance/out/").path("bytes").asLong()).isEqualTo(30);
        assertThat(part(report, "finance/out/").path("kind").asText()).isEqualTo("results");
        assertThat(part(report, "trifacta/queryResults/").path("objects").asLong())
                .isEqualTo(1);
        assertThat(part(report, "trifacta/queryResults/.trifacta/")
                        .path("bytes")
                        .asLong())
                .isEqualTo(10);
        assertThat(part(report, "trifacta/tempfiles/").path("bytes").asLong()).isEqualTo(20);
        assertThat(part(report, "").path("objects").asLong()).isEqualTo(1);
        assertThat(part(report, "").path("incompleteUploads").asLong()).isEqualTo(1);
    }

    @Test
    void onlyTemporaryFilesArePurgedUnlessMoreIsAskedFor() {
        var report = admin.get("/v4/storage/lifecycle?bucket=small&fields=lifecycleConfiguration;notes;command")
                .json();

        assertThat(report.path("lifecycleConfiguration").toString())
                .isEqualTo("{\"Rules\":["
                        + "{\"ID\":\"wharf-incomplete-uploads\",\"Status\":\"Enabled\",\"Filter\":{\"Prefix\":\"\"},"
                        + "\"AbortIncompleteMultipartUpload\":{\"DaysAfterInitiation\":7}},"
                        + "{\"ID\":\"wharf-temporary-1\",\"Status\":\"Enabled\",\"Filter\":{\"Prefix\":\"trifacta/tempfiles/\"},"
                        + "\"Expiration\":{\"Days\":7}}]}");
        assertThat(report.path("notes").toString())
                .contains("temporary files and incomplete uploads only")
                .doesNotContain("Days");
        assertThat(report.path("command").asText())
                .isEqualTo("aws s3api put-bucket-lifecycle-configuration --endpoint-url " + s3.endpoint()
                        + " --bucket small --lifecycle-configuration file://lifecycle.json");
    }

    @Test
    void theCommandNamesNoEndpointForAws() {
        assertThat(Lifecycle.command("small", null))
                .isEqualTo("aws s3api put-bucket-lifecycle-configuration --bucket small"
                        + " --lifecycle-configuration file://lifecycle.json");
    }

    @Test
    void whatIsAskedForIsPurgedByItsPrefixesAndThatIsSaid() {
        var report = admin.get("/v4/storage/lifecycle?bucket=small&resultsDays=90&samplesDays=30&temporaryDays=1")
                .json();

        assertThat(report.at("/lifecycleConfiguration/Rules").findValuesAsText("Prefix"))
                .containsExactly(
                        "",
                        "trifacta/tempfiles/",
                        "trifacta/queryResults/.trifacta/",
                        "finance/out/",
                        "trifacta/queryResults/");
        assertThat(report.at("/lifecycleConfiguration/Rules/3/Expiration/Days").asInt())
                .isEqualTo(90);
        assertThat(report.path("notes").toString()).contains("more than temporary files, as was asked for");
    }

    @ParameterizedTest
    @CsvSource({
        "temporaryDays=0, 400",
        "uploadsDays=x, 400",
        "bucket=other, 403",
        "days=1, 400",
        "resultsDays=90, 400",
        "resultsDays=90&samplesDays=91, 400"
    })
    void whatCannotBeIsRefused(String query, int status) {
        assertThat(admin.get("/v4/storage/lifecycle?" + query).status()).isEqualTo(status);
    }

    @Test
    void thatAStoreDoesNotTellWhenUploadsWereBegunIsSaid() {
        try (var client = client(S3.endpoint(), S3.accessKeyId(), S3.secretAccessKey())) {
            var begun = client.createMultipartUpload(
                    request -> request.bucket("wharf").key("lifecycle-" + UUID.randomUUID()));
            try {
                var report = API.get("/v4/storage/lifecycle").json();

                assertThat(part(report, "").path("incompleteUploads").asLong()).isPositive();
                assertThat(part(report, "").path("oldestIncompleteUpload").isNull())
                        .isTrue();
                assertThat(report.path("notes").toString())
                        .contains("does not tell when uploads were begun")
                        .doesNotContain("oldestIncompleteUpload");
            } finally {
                client.abortMultipartUpload(
                        request -> request.bucket("wharf").key(begun.key()).uploadId(begun.uploadId()));
            }
        }
    }

    @Test
    void onlyAdministratorsSeeIt() {
        assertThat(new Api(wharf.api(), Member.join(wharf.folder()).token())
                        .get("/v4/storage/lifecycle")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatCouldNotBeSeenInTimeIsSaid() {
        try (var impatient = start(Map.of(
                "wharf.browse.search-timeout", "1s",
                "wharf.storage.bucket", "base",
                "wharf.storage.endpoint", s3.endpoint().toString(),
                "wharf.storage.access-key-id", s3.accessKeyId(),
                "wharf.storage.secret-access-key", s3.secretAccessKey()))) {
            s3.on("GET", "list-type=2").delay(Duration.ofMillis(300)).always();

            var report = new Api(impatient.api(), token(impatient))
                    .get("/v4/storage/lifecycle")
                    .json();

            assertThat(report.path("partial").asBoolean()).isTrue();
            assertThat(report.at("/notes/0").asText()).contains("Time was up");
            assertThat(part(report, "trifacta/uploads/").path("objects").asLong())
                    .isLessThan(MILLION);
        } finally {
            s3.reset();
        }
    }

    @Test
    void whereIncompleteUploadsMayNotBeListedTheRestIsTold() {
        s3.on("GET", "?uploads").answer(403, "AccessDenied").always();

        var report = admin.get("/v4/storage/lifecycle?bucket=small").json();

        assertThat(report.path("uploadsPartial").isNull()).isTrue();
        assertThat(report.path("notes").toString()).contains("s3:ListBucketMultipartUploads");
        assertThat(part(report, "trifacta/uploads/").path("objects").asLong()).isEqualTo(1);
        s3.reset();
    }
}
