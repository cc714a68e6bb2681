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
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API promises of people, on each database that the registry can be in. */
abstract class PeopleContract extends WharfTest {
    private static final String DISABLED = "{\"isDisabled\":true}";

    /** One that no other class of tests uses. */
    abstract Wharf service();

    private Api administrator() {
        return new Api(service().api(), token(service()));
    }

    private Newcomer newcomer(String... roles) {
        return Newcomer.add(administrator(), roles);
    }

    private static Map<String, Object> body(String email) {
        return Map.of("email", email, "name", "Ann");
    }

    private static String address() {
        return UUID.randomUUID() + "@example.com";
    }

    private static String detail(Api.Answer answer) {
        return answer.json().path("detail").asText();
    }

    @Test
    void aNewPersonIsAnsweredWholeButWithoutTheirPassword() {
        String email = address();
        var answer = administrator()
                .post(
                        "/v4/people",
                        Map.of(
                                "email",
                                email.toUpperCase(),
                                "name",
                                "Ann",
                                "roles",
                                List.of("dataAdmin"),
                                "password",
                                Newcomer.PASSWORD));
        var person = answer.json();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(person.path("email").asText()).isEqualTo(email);
        assertThat(person.path("authorizationRoles").toString()).isEqualTo("[\"dataAdmin\"]");
        assertThat(person.path("isDisabled").asBoolean()).isFalse();
        assertThat(answer.text()).doesNotContain("assword").doesNotContain("horse");
        assertThat(administrator().get("/v4/people/" + person.path("id")).json())
                .isEqualTo(person);
    }

    @Test
    void aNewcomerSeesThemselvesTheirWorkspaceAndTheOthers() {
        var newcomer = newcomer();
        var current = newcomer.api().get("/v4/people/current").json();

        assertThat(current.path("id").asLong()).isEqualTo(newcomer.id());
        assertThat(current.path("authorizationRoles").size()).isZero();
        assertThat(newcomer.api().get("/v4/people/1").status()).isEqualTo(200);
        var workspace = newcomer.api().get("/v4/workspaces/current").json();
        assertThat(workspace.path("id").asLong())
                .isEqualTo(current.path("workspace").path("id").asLong());
        assertThat(newcomer.api().get("/v4/workspaces/777777").status()).isEqualTo(404);
        assertThat(newcomer.api().get("/v4/people/777777").status()).isEqualTo(404);
    }

    @Test
    void anAddressIsTakenWhateverItsCase() {
        String email = address();
        administrator().post("/v4/people", body(email));

        var second = administrator().post("/v4/people", body(email.toUpperCase()));

        assertThat(second.status()).isEqualTo(409);
        assertThat(detail(second)).contains("email").contains(email);
    }

    @Test
    void aRequestSentAgainAddsNobody() {
        String id = UUID.randomUUID().toString();
        String json = "{\"email\":\"" + address() + "\",\"name\":\"Ann\"}";

        assertThat(create(json, id)).isEqualTo(201);
        assertThat(create(json, id)).isEqualTo(304);
    }

    private int create(String json, String executionId) {
        return administrator()
                .send(administrator()
                        .request("/v4/people")
                        .header("content-type", "application/json")
                        .header("x-execution-id", executionId)
                        .POST(BodyPublishers.ofString(json)))
                .status();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'Ann'}|email",
                "{'email':'ann','name':'Ann'}|email",
                "{'email':'a:b@c','name':'Ann'}|email",
                "{'email':'a@b c','name':'Ann'}|email",
                "{'email':'ann@example.com'}|name",
                "{'email':'ann@example.com','name':' '}|name",
                "{'email':'ann@example.com','name':'Ann','roles':['king']}|authorizationRoles",
                "{'email':'ann@example.com','name':'Ann','roles':[null]}|roles[0]",
                "{'email':'ann@example.com','name':'Ann','password':'too short'}|password",
            })
    void whatIsWrongWithAPersonIsNamed(String json, String field) {
        var answer = administrator().post("/v4/people", json.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(detail(answer)).startsWith(field).doesNotContain("too short");
    }

    @Test
    void peopleAreFoundByAPartOfNameOrAddressInPages() {
        String tag = UUID.randomUUID().toString();
        for (String user : List.of("a_" + tag, "b!" + tag, "c%" + tag)) {
            administrator().post("/v4/people", body(user + "@example.com"));
        }

        var page = list("?limit=2&offset=1&includeCount=true&filter=" + tag.toUpperCase());

        assertThat(page.path("count").asInt()).isEqualTo(3);
        assertThat(page.path("data").findValuesAsText("email"))
                .containsExactly("b!" + tag + "@example.com", "c%" + tag + "@example.com");
        assertThat(list("?filter=_" + tag).path("data").size()).isEqualTo(1);
        assertThat(list("?filter=%25" + tag).path("data").size()).isEqualTo(1);
        assertThat(list("?filter=!" + tag).path("data").size()).isEqualTo(1);
        assertThat(administrator().get("/v4/people?filter=%00").status()).isEqualTo(400);
    }

    private JsonNode list(String query) {
        return administrator().get("/v4/people" + query).json();
    }

    @Test
    void aPersonWithSeveralRolesIsOneRow() {
        var newcomer = newcomer("workspaceAdmin", "dataAdmin");

        var found = list("?includeCount=true&filter=" + newcomer.email());

        assertThat(found.path("count").asInt()).isEqualTo(1);
        assertThat(found.path("data").size()).isEqualTo(1);
        assertThat(found.path("data").path(0).path("authorizationRoles").size()).isEqualTo(2);
    }

    @Test
    void whoIsNoAdministratorIsToldWhichRoleIsNeeded() {
        var newcomer = newcomer("dataAdmin");
        var answers = List.of(
                newcomer.api().post("/v4/people", body(address())),
                newcomer.api().patch("/v4/workspaces/current/people/1", Map.of("name", "Mine")),
                newcomer.api().patch(newcomer.path(), Map.of("isDisabled", false)),
                newcomer.api().patch(newcomer.path(), Map.of("authorizationRoles", List.of("workspaceAdmin"))));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(detail(answer)).contains("workspaceAdmin");
        });
    }

    @Test
    void everybodyMayChangeTheirOwnName() {
        var newcomer = newcomer();

        assertThat(newcomer.api()
                        .patch(newcomer.path(), Map.of("name", "Ann B."))
                        .status())
                .isEqualTo(200);
        assertThat(newcomer.api().get("/v4/people/current").json().path("name").asText())
                .isEqualTo("Ann B.");
    }

    @Test
    void aNewPersonIsAChangeOfTheWorkspace() {
        var administrator = newcomer("workspaceAdmin").api();
        String before = administrator
                .get("/v4/workspaces/current")
                .json()
                .path("updatedAt")
                .asText();

        assertThat(administrator.post("/v4/people", body(address())).status()).isEqualTo(201);

        assertThat(administrator
                        .get("/v4/workspaces/current")
                        .json()
                        .path("updatedAt")
                        .asText())
                .isGreaterThan(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void aChangeAppliesAtOnceAndKeepsTheRest(String verb) {
        var newcomer = newcomer("dataAdmin");
        var answer = change(verb, newcomer, "{\"authorizationRoles\":[\"workspaceAdmin\"]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("id", "updater", "createdAt", "updatedAt");
        var current = newcomer.api().get("/v4/people/current").json();
        assertThat(current.path("authorizationRoles").toString()).isEqualTo("[\"workspaceAdmin\"]");
        assertThat(current.path("name").asText()).isEqualTo("Newcomer");
        assertThat(newcomer.api().post("/v4/people", body(address())).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"fullName\":\"Ann\"}", "{\"name\":null}"})
    void aChangeOfNothingIsToldWhatCanBeChanged(String json) {
        var answer = change("PATCH", newcomer(), json);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(detail(answer)).contains("name, isDisabled, authorizationRoles, password");
        assertThat(detail(change("PATCH", newcomer(), "{\"isDisabled\":\"yes\"}")))
                .isEqualTo("isDisabled must be true or false, and is sent as a string");
    }

    @Test
    void anAddressIsSentBackButNotChanged() {
        var newcomer = newcomer();

        var other = change("PATCH", newcomer, "{\"email\":\"" + address() + "\",\"name\":\"Ann\"}");
        assertThat(other.status()).isEqualTo(400);
        assertThat(detail(other)).startsWith("email cannot be changed");
        var read = administrator().get("/v4/people/" + newcomer.id()).json();
        assertThat(administrator().tolerated().put(newcomer.path(), read).status())
                .isEqualTo(200);
    }

    private Api.Answer change(String verb, Newcomer person, String json) {
        return administrator()
                .send(administrator()
                        .request(person.path())
                        .header("content-type", "application/json")
                        .method(verb, BodyPublishers.ofString(json)));
    }

    @Test
    void anotherWorkspaceDoesNotExist() {
        assertThat(administrator()
                        .patch("/v4/workspaces/2/people/1", Map.of("name", "Ann"))
                        .status())
                .isEqualTo(404);
        assertThat(administrator()
                        .patch("/v4/workspaces/1/people/777777", Map.of("name", "Ann"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDisabledPersonIsNobodyUntilTheyAreEnabled() {
        var newcomer = newcomer();
        var files = new Api(service().files(), null);
        String cookie = newcomer.api().session();
        var stranger = newcomer.api().as(null);

        change("PATCH", newcomer, DISABLED);

        assertThat(newcomer.api().get("/v4/connections").status()).isEqualTo(401);
        assertThat(stranger.send(stranger.request("/session")
                                .header("cookie", cookie)
                                .GET())
                        .status())
                .isEqualTo(401);
        var header = files.request("/vfsList?uri=s3://wharf/")
                .header("x-trifacta-person-workspace-id", String.valueOf(newcomer.membershipId()));
        assertThat(files.send(header.GET()).status()).isEqualTo(401);
        assertThat(list("?filter=" + newcomer.email())
                        .path("data")
                        .path(0)
                        .path("isDisabled")
                        .asBoolean())
                .isTrue();

        change("PATCH", newcomer, "{\"isDisabled\":false}");
        assertThat(newcomer.api().get("/v4/connections").status()).isEqualTo(200);
        assertThat(stranger.send(stranger.request("/session")
                                .header("cookie", cookie)
                                .GET())
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {DISABLED, "{\"authorizationRoles\":[]}", "{\"authorizationRoles\":[\"dataAdmin\"]}"})
    void theLastAdministratorStays(String json) {
        var disabled = newcomer("workspaceAdmin");
        change("PATCH", disabled, DISABLED);
        demoteOthers();
        var first = new Newcomer(1, 1, "admin@localhost", administrator());

        var answer = change("PATCH", first, json);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(detail(answer)).contains("workspaceAdmin");
        assertThat(administrator()
                        .get("/v4/people/current")
                        .json()
                        .path("authorizationRoles")
                        .size())
                .isEqualTo(2);
    }

    /** Administrators that other tests have left. */
    private void demoteOthers() {
        for (JsonNode person : list("?limit=1000").path("data")) {
            if (person.path("id").asLong() != 1) {
                administrator()
                        .patch(
                                "/v4/workspaces/current/people/" + person.path("id"),
                                Map.of("authorizationRoles", List.of()));
            }
        }
    }

    @RepeatedTest(3)
    void ofTwoLastAdministratorsWhoStepBackAtOnceOneStays() {
        demoteOthers();
        var one = newcomer("workspaceAdmin");
        var other = newcomer("workspaceAdmin");
        String first = "/v4/workspaces/current/people/1";
        assertThat(one.api()
                        .patch(first, Map.of("authorizationRoles", List.of()))
                        .status())
                .isEqualTo(200);

        var answers = List.of(one, other).stream()
                .map(person -> CompletableFuture.supplyAsync(
                        () -> person.api().patch(person.path(), Map.of("authorizationRoles", List.of()))))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        var roles = Map.of("authorizationRoles", List.of("workspaceAdmin", "dataAdmin"));
        one.api().patch(first, roles);
        other.api().patch(first, roles);
        assertThat(answers).extracting(Api.Answer::status).containsExactlyInAnyOrder(200, 409);
    }
}
