package dev.wharf.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api.Answer;
import dev.wharf.testing.stub.StubS3;
import java.net.URLEncoder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that leave out what S3 says, or say it in a form of their own. */
class OddStoreTest extends WharfTest {
    private final StubS3 s3 = StubS3.start("odd");
    private long connection;

    @BeforeEach
    void fill() {
        s3.put("odd", "in/x.csv", "a,b\n1,2\n".getBytes(UTF_8));
        connection = newConnection(s3.endpoint(), "odd");
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Wed, 09 Nov 2016 16:16:12 GMT",
                "2014-01-15T16:41:49.390270",
                "2024-10-11T13:22:41+0000",
                ":2024-10-11T13:22:41Z",
                "1433809946492",
                ""
            })
    void aTimeThatCannotBeReadIsNotKnownAndFailsNothing(String time) {
        s3.on("GET", "list-type=2")
                .rewriteBody(page -> page.replaceAll("<LastModified>[^<]*</", "<LastModified>" + time + "</"))
                .always();
        String header = time.endsWith("GMT") ? "2016-11-09T16:16:12Z" : time;
        s3.on("HEAD", "/odd/").replaceHeader("Last-Modified", header).always();
        s3.on("GET", "/odd/in/").replaceHeader("Last-Modified", header).always();

        assertUnknown("lastModified");
    }

    @Test
    void aTimeThatIsNotSentIsNotKnown() {
        s3.when(request -> true).leaveOut("Last-Modified", "LastModified").always();

        assertUnknown("lastModified");
    }

    @Test
    void anEtagThatIsNotSentIsNotKnown() {
        s3.when(request -> true).leaveOut("ETag", "ETag").always();

        assertUnknown("etag");
        Answer read = get("/vfsRead");
        assertThat(read.headers()).doesNotContainKey("etag");
    }

    @Test
    void headersThatNobodyReadsFailNothing() {
        for (String header : new String[] {
            "x-amz-missing-meta", "x-amz-mp-parts-count", "x-amz-tagging-count", "x-amz-object-lock-retain-until-date"
        }) {
            s3.reset();
            s3.when(request -> true).replaceHeader(header, "none of these").always();

            assertThat(get("/vfsStat").status()).as(header).isEqualTo(200);
            assertThat(get("/vfsRead").text()).as(header).isEqualTo("a,b\n1,2\n");
        }
    }

    @Test
    void bucketsAreListedWhateverTheirTimesAre() {
        s3.on("GET", "/")
                .rewriteBody(list -> list.replaceAll("<CreationDate>[^<]*</", "<CreationDate>once</"))
                .always();

        long all = newConnection(s3.endpoint(), null);

        Answer buckets = API.get("/vfsList?uri=" + encoded("s3://?connectionId=" + all));

        assertThat(buckets.status()).as(buckets.text()).isEqualTo(200);
        assertThat(buckets.text()).contains("\"odd\"");
    }

    @Test
    void anObjectOfUnknownSizeIsRefusedByNameAndNotAsTheStoresOutage() {
        s3.on("GET", "list-type=2")
                .rewriteBody(page -> page.replaceAll("<Size>[^<]*</", "<Size>some</"))
                .always();

        Answer refused = list();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).contains("it does not say how large \"in/x.csv\" is");
    }

    /** In a listing, of the object alone, and in a dataset of it, which is read as well. */
    private void assertUnknown(String field) {
        Answer list = list();
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        assertThat(list.text()).contains("\"" + field + "\":null").contains("in/x.csv");
        Answer stat = get("/vfsStat");
        assertThat(stat.status()).as(stat.text()).isEqualTo(200);
        assertThat(stat.text()).contains("\"" + field + "\":null");
        assertThat(get("/vfsRead").text()).isEqualTo("a,b\n1,2\n");
        Answer imported = API.post(
                "/v4/importedDatasets", Map.of("uri", "s3://odd/in/?connectionId=" + connection, "name", "odd"));
        assertThat(imported.status()).as(imported.text()).isEqualTo(201);
        JsonNode file = API.get("/v4/importedDatasets/" + imported.json().path("id") + "/files")
                .json()
                .at("/data/0");
        assertThat(file.path("key").asText()).isEqualTo("in/x.csv");
        assertThat(file.path(field).isNull()).as(file.toString()).isTrue();
    }

    private Answer list() {
        return API.get("/vfsList?uri=" + encoded("s3://odd/in/?connectionId=" + connection));
    }

    private Answer get(String operation) {
        return API.get(operation + "?uri=" + encoded("s3://odd/in/x.csv?connectionId=" + connection));
    }

    private static String encoded(String uri) {
        return URLEncoder.encode(uri, UTF_8);
    }
}
