package dev.wharf.identity.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.identity.Newcomer;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API promises of people's folders in base storage, on each database that the registry can be in. */
abstract class StorageFoldersContract extends WharfTest {
    private static final String RESULTS = "/trifacta/queryResults/";
    private static final String UPLOADS = "/trifacta/uploads";

    /** One that nobody else has. */
    private final String home = "/" + UUID.randomUUID();

    abstract Wharf service();

    private Api administrator() {
        return new Api(service().api(), token(service()));
    }

    private Newcomer newcomer() {
        return Newcomer.add(administrator());
    }

    private static Api.Answer choose(Newcomer person, String path) {
        return person.api().patch(person.path(), Map.of("outputHomeDir", path));
    }

    private static String outputHome(Newcomer person) {
        return current(person).path("outputHomeDir").asText();
    }

    private static JsonNode current(Newcomer person) {
        return person.api().get("/v4/people/current").json();
    }

    private static String refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private static void accepted(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void whoHasChosenNothingHasTheDefaults() {
        var newcomer = newcomer();

        assertThat(outputHome(newcomer)).isEqualTo(RESULTS + newcomer.email());
        assertThat(current(newcomer).path("uploadDir").asText()).isEqualTo(UPLOADS);
        var listed = administrator().get("/v4/people?filter=" + newcomer.email());
        assertThat(listed.json().path("data").path(0)).isEqualTo(current(newcomer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void everybodyChoosesTheirOwnAndKeepsWhatTheyDoNotName(String verb) {
        var newcomer = newcomer();

        accepted(change(newcomer, verb, "{\"outputHomeDir\":\"" + home + "/\",\"uploadDir\":\"" + UPLOADS + "/a\"}"));
        accepted(change(newcomer, verb, "{\"name\":\"Ann\"}"));
        assertThat(outputHome(newcomer)).isEqualTo(home);
        assertThat(current(newcomer).path("uploadDir").asText()).isEqualTo(UPLOADS + "/a");

        accepted(change(newcomer, verb, "{\"outputHomeDir\":null}"));
        assertThat(outputHome(newcomer)).isEqualTo(RESULTS + newcomer.email());
        assertThat(current(newcomer).path("uploadDir").asText()).isEqualTo(UPLOADS + "/a");
    }

    private static Api.Answer change(Newcomer person, String verb, String json) {
        return person.api()
                .send(person.api()
                        .request(person.path())
                        .header("content-type", "application/json")
                        .method(verb, BodyPublishers.ofString(json)));
    }

    @Test
    void onlyAdministratorsChooseForOthers() {
        var newcomer = newcomer();
        var other = newcomer();

        assertThat(refused(other.api().patch(newcomer.path(), Map.of("outputHomeDir", home)), 403))
                .contains("workspaceAdmin");
        accepted(administrator().patch(newcomer.path(), Map.of("outputHomeDir", home)));
        assertThat(outputHome(newcomer)).isEqualTo(home);
    }

    @Test
    void whatIsWrongWithAFolderIsNamed() {
        var newcomer = newcomer();

        assertThat(refused(choose(newcomer, "results"), 400)).startsWith("outputHomeDir");
        assertThat(refused(choose(newcomer, UPLOADS + "/x"), 400)).startsWith("outputHomeDir");
        assertThat(refused(choose(newcomer, "/trifacta/tempfiles/x"), 400)).contains("are purged");
        assertThat(refused(newcomer.api().patch(newcomer.path(), Map.of("uploadDir", "/x")), 400))
                .startsWith("uploadDir");
        assertThat(refused(newcomer.api().patch(newcomer.path(), Map.of("uploadDir", 1)), 400))
                .startsWith("uploadDir");
    }

    @Test
    void numberedFoldersOfUploadsAreForThoseWhoseTheyAre() {
        var newcomer = newcomer();
        String id = newcomer.path().substring(newcomer.path().lastIndexOf('/') + 1);

        for (String others : List.of("/1/0", "/1/0/x", "/1", "/7/" + id)) {
            assertThat(refused(newcomer.api().patch(newcomer.path(), Map.of("uploadDir", UPLOADS + others)), 409))
                    .startsWith("uploadDir is " + UPLOADS + others)
                    .contains("Choose " + UPLOADS + "/1/" + id);
        }
        accepted(newcomer.api().patch(newcomer.path(), Map.of("uploadDir", UPLOADS + "/1/" + id + "/mine")));
        assertThat(current(newcomer).path("uploadDir").asText()).isEqualTo(UPLOADS + "/1/" + id + "/mine");
    }

    @Test
    void nobodySharesAFolderWithAnother() {
        var one = newcomer();
        var other = newcomer();
        accepted(choose(one, home + "/team"));

        for (String taken : List.of(home, home + "/team", home + "/team/", home + "/team/other")) {
            assertThat(refused(choose(other, taken), 409))
                    .startsWith("outputHomeDir")
                    .contains(one.email());
        }
        accepted(choose(other, home + "/teammate"));
        accepted(choose(one, home + "/team/one"));
        accepted(choose(one, home + "/team"));
    }

    @Test
    void whoIsDisabledKeepsTheirFolder() {
        var one = newcomer();
        accepted(choose(one, home));
        accepted(administrator().patch(one.path(), Map.of("isDisabled", true)));

        refused(choose(newcomer(), home), 409);
    }

    @Test
    void theDefaultsOfPeopleWhoAreThereOrComeLaterAreTheirs() {
        var one = newcomer();
        var other = newcomer();
        String later = UUID.randomUUID() + "@example.com";

        for (String taken : List.of(
                RESULTS, RESULTS + one.email(), RESULTS + one.email() + "/x", RESULTS + later, RESULTS + "shared")) {
            assertThat(refused(choose(other, taken), 409))
                    .startsWith("outputHomeDir")
                    .contains(other.email());
        }
        accepted(choose(other, RESULTS + other.email() + "/mine"));
        accepted(choose(one, RESULTS + one.email()));
    }

    @Test
    void whoSendsTheDefaultBackHasChosenNothing() {
        var one = newcomer();
        accepted(choose(one, home));
        accepted(choose(one, RESULTS + one.email()));

        accepted(choose(newcomer(), home));
    }

    @RepeatedTest(3)
    void ofTwoWhoChooseOneFolderAtOnceOneGetsIt() {
        var answers = List.of(newcomer(), newcomer()).stream()
                .map(person -> CompletableFuture.supplyAsync(() -> choose(person, home)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(Api.Answer::status).containsExactlyInAnyOrder(200, 409);
    }

    @Test
    void whatIsChosenIsRecorded() {
        var newcomer = newcomer();
        choose(newcomer, home);
        change(newcomer, "PATCH", "{\"outputHomeDir\":null,\"uploadDir\":\"" + UPLOADS + "/a\"}");

        var events = administrator()
                .get("/v4/auditEvents?sort=id&operation=updatePerson&personId=" + newcomer.id())
                .json();
        String who = "person " + newcomer.id();
        assertThat(events.path("data").findValuesAsText("detail"))
                .containsExactly(
                        who + ", outputHomeDir " + home, who + ", outputHomeDir default, uploadDir " + UPLOADS + "/a");
    }

    @Test
    void uploadsAndResultsLandInThem() {
        var newcomer = newcomer();
        accepted(newcomer.api()
                .patch(newcomer.path(), Map.of("outputHomeDir", home, "uploadDir", UPLOADS + "/team" + home)));

        var upload = newcomer.api()
                .send(newcomer.api().request("/v4/uploads?name=orders.csv").PUT(BodyPublishers.ofString("a,b\n1,2\n")))
                .json();
        assertThat(upload.path("path").asText())
                .matches(UPLOADS + "/team" + home + "/1/" + newcomer.id() + "/[^/]+/orders\\.csv");

        String job = finished(newcomer, imported(newcomer, upload));
        assertThat(S3.keys("wharf")).contains(home.substring(1) + "/orders_" + job + "/orders.csv");
    }

    private static String imported(Newcomer person, JsonNode upload) {
        var dataset = person.api()
                .post("/v4/importedDatasets", Map.of("uri", upload.path("uri").asText(), "name", "orders"));
        assertThat(dataset.status()).as(dataset.text()).isEqualTo(201);
        return dataset.json().path("id").asText();
    }

    private static String finished(Newcomer person, String dataset) {
        String job = person.api()
                .post("/v4/jobGroups", "{\"wrangledDataset\":{\"id\":" + dataset + "}}")
                .json()
                .path("id")
                .asText();
        Awaitility.await().untilAsserted(() -> assertThat(person.api()
                        .get("/v4/jobGroups/" + job)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("Complete"));
        return job;
    }

    @Test
    void aFolderOfTheUploadsIsStillWrittenAndImportedByNobodyElse() {
        var newcomer = newcomer();
        newcomer.api().patch(newcomer.path(), Map.of("uploadDir", UPLOADS + home));
        var upload = newcomer.api()
                .send(newcomer.api().request("/v4/uploads?name=a.csv").PUT(BodyPublishers.ofString("a\n1\n")))
                .json();
        String uri = upload.path("uri").asText();

        var byHand = administrator().post("/v4/importedDatasets", Map.of("uri", uri, "name", "theirs"));
        assertThat(refused(byHand, 403)).contains("uploads");
        var written = newcomer.api()
                .post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", Long.valueOf(imported(newcomer, upload))),
                                "overrides",
                                Map.of(
                                        "execution",
                                        "photon",
                                        "writesettings",
                                        List.of(Map.of("path", uri, "action", "create", "format", "csv")))));
        assertThat(refused(written, 400)).startsWith("path is ");
    }
}
