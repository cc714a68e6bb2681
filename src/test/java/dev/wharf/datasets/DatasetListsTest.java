package dev.wharf.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets in lists and in the library, each narrowed to those of this test's own bucket. */
class DatasetListsTest extends WharfTest {
    private final String bucket = "test-" + UUID.randomUUID();
    private final Member member = newMember();
    private final Api theirs = new Api(WHARF.api(), member.token());
    private long connection;
    private long own;
    private long others;
    private long base;

    private void importThree() {
        S3.createBucket(bucket);
        connection = newConnection(null);
        S3.put(bucket, "in/a.csv", "a,b\n".getBytes(UTF_8));
        S3.put("wharf", bucket + "/a.csv", "a,b\n".getBytes(UTF_8));
        API.post(
                "/v4/connections/" + connection + "/permissions",
                Map.of("data", List.of(Map.of("person", Map.of("id", member.personId()), "role", "readOnly"))));
        String uri = "s3://" + bucket + "/in/?connectionId=" + connection;
        own = create(API, uri, bucket + " own");
        others = create(theirs, uri, bucket + " theirs");
        base = create(API, "s3://wharf/" + bucket + "/", bucket + " base");
    }

    private static long create(Api api, String uri, String name) {
        return api.post("/v4/importedDatasets", Map.of("uri", uri, "name", name))
                .json()
                .path("id")
                .asLong();
    }

    private String named(String more) {
        return "?filter=" + bucket + "&filterType=contains&includeCount=true" + more;
    }

    private List<Long> ids(Api api, String more) {
        JsonNode page = api.get("/v4/importedDatasets" + named(more)).json();
        List<Long> ids = StreamSupport.stream(page.path("data").spliterator(), false)
                .map(dataset -> dataset.path("id").asLong())
                .toList();
        assertThat(page.path("count").asInt()).isEqualTo(ids.size());
        return ids;
    }

    @Test
    void eachFilterNarrowsTheList() {
        importThree();
        assertThat(ids(API, "")).containsExactly(own, others, base);
        assertThat(ids(API, "&ownershipFilter=all&hidden=true&schematized=false"))
                .containsExactly(own, others, base);
        assertThat(ids(API, "&ownershipFilter=owned")).containsExactly(own, base);
        assertThat(ids(API, "&ownershipFilter=shared")).containsExactly(others);
        assertThat(ids(API, "&userIdFilter=" + member.personId())).containsExactly(others);
        assertThat(ids(API, "&userIdFilter=" + member.personId() + "&ownershipFilter=owned"))
                .isEmpty();
        assertThat(ids(API, "&connectionId=" + connection)).containsExactly(own, others);
        assertThat(ids(API, "&baseStorage=true")).containsExactly(base);
        assertThat(ids(API, "&baseStorage=true&connectionId=" + connection)).containsExactly(own, others, base);
        assertThat(ids(API, "&schematized=true")).containsExactly(own, others, base);
        API.put("/v4/importedDatasets/" + base, Map.of("structureCheck", "none"));
        assertThat(ids(API, "&schematized=true")).containsExactly(own, others);
        assertThat(ids(API, "&sort=-name")).containsExactly(others, own, base);
        assertThat(ids(API, "&sort=-createdAt")).containsExactly(base, others, own);
        assertThat(ids(theirs, "")).containsExactly(others);
        assertThat(ids(theirs, "&userIdFilter=" + member.personId())).containsExactly(others);
    }

    private static final String PATH_OF_ALL = "/v4/importedDatasets?limit=1&";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ownershipFilter=mine",
                "userIdFilter=0",
                "userIdFilter=x",
                "userIdFilter=999999999",
                "connectionId=999999999",
                "connectionId=-1",
                "baseStorage=perhaps",
                "schematized=1",
                "hidden=no",
                "flowId=999999999",
                "sort=size",
                "filterFields=owner",
                "limit=0",
                "flow=10"
            })
    void whatCanFindNothingIsRefusedByTheNameOfItsParameter(String parameter) {
        for (String path : List.of(PATH_OF_ALL, "/v4/datasetLibrary?datasetsFilter=all&")) {
            var answer = API.get(path.replace(parameter.startsWith("limit") ? "limit=1&" : "\n", "") + parameter);

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).startsWith(parameter.replaceFirst("=.*", "") + " ");
        }
    }

    @Test
    void otherPeoplesDatasetsAreListedByAdministratorsOnly() {
        var answer = theirs.get(PATH_OF_ALL + "userIdFilter=1");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("detail").asText()).contains("userIdFilter", "workspaceAdmin");
    }

    @Test
    void theLibraryHasImportedDatasetsAsTheOriginalShowsThem() {
        importThree();
        JsonNode page = API.get("/v4/datasetLibrary" + named("&datasetsFilter=imported,recipe&sort=name&limit=2"))
                .json();

        assertThat(page.path("count").asInt()).isEqualTo(3);
        assertThat(page.path("data")).hasSize(2);
        JsonNode entry = page.path("data").path(0);
        assertThat(entry.path("type").asText()).isEqualTo("datasource");
        assertThat(entry.path("name").asText()).isEqualTo(bucket + " base");
        assertThat(entry.path("importedDataset"))
                .isEqualTo(API.get("/v4/importedDatasets/" + base).json());
    }

    @Test
    void theLibraryIsCountedByKind() {
        importThree();
        Map.of("all", 3, "imported", 3, "reference", 0, "recipe,reference", 0).forEach((kinds, expected) -> {
            String query = "?filter=" + bucket + "&filterType=contains&datasetsFilter=" + kinds;

            JsonNode count = API.get("/v4/datasetLibrary/count" + query).json().path("count");

            assertThat(count.path("all").asInt()).isEqualTo(expected);
            assertThat(count.path("imported").asInt()).isEqualTo(expected);
            assertThat(count.path("reference").asInt(-1)).isZero();
            assertThat(API.get("/v4/datasetLibrary" + query).json().path("data"))
                    .hasSize(expected);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?datasetsFilter=null", "?datasetsFilter=", "?datasetsFilter=imported,flows"})
    void theLibraryHasToBeToldWhichKinds(String query) {
        var answer = API.get("/v4/datasetLibrary" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith("datasetsFilter ");
    }

    @Test
    void aDeletedDatasetIsReadWhereItIsAskedForAndIsInNoList() {
        importThree();
        API.delete("/v4/importedDatasets/" + own);

        JsonNode deleted =
                API.get("/v4/importedDatasets/" + own + "?includeDeleted=True").json();

        assertThat(deleted.path("name").asText()).isEqualTo(bucket + " own");
        assertThat(deleted.path("deletedAt").isNull()).isFalse();
        assertThat(API.get("/v4/importedDatasets/" + own).status()).isEqualTo(410);
        assertThat(theirs.get("/v4/importedDatasets/" + own + "?includeDeleted=true")
                        .status())
                .isEqualTo(404);
        assertThat(ids(API, "")).containsExactly(others, base);
    }
}
