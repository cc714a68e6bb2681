package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what with a connection ({@code domain.md} §2.5, §2.6). */
class SharingTest extends WharfTest {
    private final String bucket = newBucket();
    private final Member owner = newMember();
    private final Member member = newMember();
    private final Api owning = new Api(WHARF.api(), owner.token());
    private final Api api = new Api(WHARF.api(), member.token());
    private final long id = newConnection(owning, S3.endpoint(), bucket);
    private final String path = "/v4/connections/" + id;

    /** What a person is to the connection, and how each operation answers them. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    # person,      read, browse, status, dry run, change, share viewer, share editor, make public, delete
                    stranger,      404,  404,    404,    404,     404,    404,          404,          404,         404
                    viewer,        200,  200,    200,    403,     403,    201,          403,          403,         403
                    editor,        200,  200,    200,    200,     200,    201,          201,          403,         403
                    owner,         200,  200,    200,    200,     200,    201,          201,          403,         204
                    public viewer, 200,  200,    200,    403,     403,    201,          403,          403,         403
                    administrator, 200,  403,    403,    403,     200,    201,          201,          200,         204
                    admin viewer,  200,  200,    200,    200,     200,    201,          201,          200,         204
                    own pair,      200,  400,    400,    403,     403,    201,          403,          403,         403
                    """)
    void everybodyMayDoWhatTheyWereGiven(
            String person,
            int read,
            int browse,
            int status,
            int dryRun,
            int change,
            int shareViewer,
            int shareEditor,
            int makePublic,
            int delete) {
        Api caller = prepared(person);
        Member third = newMember();

        assertThat(caller.get(path).status()).as("read").isEqualTo(read);
        assertThat(caller.get("/vfsList?uri=s3://" + bucket + "/?connectionId=" + id)
                        .status())
                .as("browse")
                .isEqualTo(browse);
        assertThat(caller.get(path + "/status").status()).as("status").isEqualTo(status);
        assertThat(caller.post(path + "/dryRun", Map.of("description", "changed"))
                        .status())
                .as("dry run")
                .isEqualTo(dryRun);
        assertThat(caller.patch(path, Map.of("description", "changed")).status())
                .as("change")
                .isEqualTo(change);
        assertThat(share(caller, third.personId(), "connection_viewer").status())
                .as("share with a viewer")
                .isEqualTo(shareViewer);
        assertThat(share(caller, third.personId(), "connection_editor").status())
                .as("share with an editor")
                .isEqualTo(shareEditor);
        if (!person.equals("public viewer")) {
            assertThat(caller.patch(path, Map.of("isGlobal", true)).status())
                    .as("make public")
                    .isEqualTo(makePublic);
        }
        assertThat(caller.delete(path).status()).as("delete").isEqualTo(delete);
    }

    /** Whatever uses the key pair answers alike. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    stranger,        404
                    viewer,          200
                    editor,          200
                    owner,           200
                    public viewer,   200
                    administrator,   403
                    admin viewer,    200
                    own pair,        400
                    """)
    void everyUseOfTheKeyPairIsForThoseWhoMayUseIt(String person, int status) {
        S3.put(bucket, "in/a.csv", "a\n1\n".getBytes(StandardCharsets.UTF_8));
        Api caller = prepared(person);
        String file = "uri=s3://" + bucket + "/in/a.csv?connectionId=" + id;

        assertThat(caller.get("/vfsStat?" + file).status()).as("stat").isEqualTo(status);
        assertThat(caller.get("/vfsRead?" + file).status()).as("read").isEqualTo(status);
        assertThat(caller.get("/vfsPreview?" + file).status()).as("preview").isEqualTo(status);
        assertThat(caller.get("/vfsSearch?query=a&uri=s3://" + bucket + "/?connectionId=" + id)
                        .status())
                .as("search")
                .isEqualTo(status);
        var imported = caller.post(
                "/v4/importedDatasets", Map.of("uri", "s3://" + bucket + "/in/a.csv?connectionId=" + id, "name", "a"));
        int made = status == 200 ? 201 : status;
        assertThat(imported.status()).as("import").isEqualTo(made);
        assertThat(publish(caller).status()).as("publish").isEqualTo(made);
    }

    /** A job that would write there; its dataset is the caller's own upload. */
    private Api.Answer publish(Api caller) {
        var upload = caller.send(caller.request("/v4/uploads?name=a.csv").PUT(BodyPublishers.ofString("a\n1\n")));
        long dataset = caller.post(
                        "/v4/importedDatasets",
                        Map.of("uri", upload.json().path("uri").asText(), "name", "a"))
                .json()
                .path("id")
                .asLong();
        return caller.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", dataset),
                        "testMode",
                        true,
                        "overrides",
                        Map.of(
                                "writesettings",
                                List.of(Map.of(
                                        "path",
                                        "s3://" + bucket + "/out/a.csv?connectionId=" + id,
                                        "action",
                                        "create",
                                        "format",
                                        "csv",
                                        "asSingleFile",
                                        true)))));
    }

    @ParameterizedTest
    @CsvSource({
        "viewer,        connection_viewer",
        "editor,        connection_editor",
        "owner,         connection_owner",
        "public viewer, connection_viewer",
        "administrator, ",
        "admin viewer,  connection_viewer"
    })
    void everybodySeesAsWhatTheyHaveIt(String person, String policyTag) {
        Api caller = prepared(person);

        assertThat(caller.get(path).json().path("policyTag").asText(null)).isEqualTo(policyTag);
        assertThat(caller.get("/v4/connections?limit=1000").json().path("data").findParents("uuid"))
                .filteredOn(listed -> listed.path("id").asLong() == id)
                .extracting(listed -> listed.path("policyTag").asText(null))
                .containsExactly(policyTag);
    }

    private Api prepared(String person) {
        switch (person) {
            case "viewer" -> share(owning, member.personId(), "connection_viewer");
            case "editor" -> share(owning, member.personId(), "connection_editor");
            case "public viewer" -> API.patch(path, Map.of("isGlobal", true));
            case "admin viewer" -> share(owning, adminId(), "connection_viewer");
            case "own pair" -> {
                share(owning, member.personId(), "connection_viewer");
                owning.patch(path, Map.of("credentialsShared", false));
            }
            default -> {
                // nothing was given
            }
        }
        return switch (person) {
            case "owner" -> owning;
            case "administrator", "admin viewer" -> API;
            default -> api;
        };
    }

    /** Whoever chooses where requests go gets what is signed with the key pair. */
    @ParameterizedTest
    @ValueSource(strings = {"/dryRun", ""})
    void anEditorLeadsNobodyElsesKeyPairToAnotherServer(String dryRun) {
        Api editor = prepared("editor");
        Object elsewhere = Map.of("params", Map.of("endpoint", "http://127.0.0.1:1"));

        var refused = asked(editor, dryRun, elsewhere);
        var masked = asked(
                editor,
                dryRun,
                Map.of(
                        "params",
                        Map.of("endpoint", "http://127.0.0.1:1"),
                        "credentials",
                        List.of(Map.of("key", S3.accessKeyId()))));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText())
                .startsWith("credentials[0].key must be entered anew")
                .contains("owner");
        assertThat(masked.status()).isEqualTo(400);
        assertThat(masked.json().path("detail").asText()).contains("credentials[0].secret");
        assertThat(owning.get(path + "/status").status()).isEqualTo(200);
        assertThat(asked(
                                editor,
                                dryRun,
                                Map.of(
                                        "params",
                                        Map.of("endpoint", "http://127.0.0.1:1"),
                                        "credentials",
                                        List.of(Map.of("key", "AKIAOWN", "secret", "of-the-editor"))))
                        .status())
                .isEqualTo(200);
        assertThat(owning.patch(path, elsewhere).status()).isEqualTo(200);
    }

    @Test
    void anEditorDoesNotLeadTheKeyPairsOfEachToAnotherServer() {
        Api editor = prepared("editor");
        owning.patch(path, Map.of("credentialsShared", false));

        var refused = editor.patch(
                path,
                Map.of(
                        "params",
                        Map.of("endpoint", "http://127.0.0.1:1"),
                        "credentials",
                        List.of(Map.of("key", "AKIAOWN", "secret", "of-the-editor"))));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("detail").asText()).startsWith("params.endpoint: each person");
    }

    private Api.Answer asked(Api caller, String dryRun, Object change) {
        return dryRun.isEmpty() ? caller.patch(path, change) : caller.post(path + dryRun, change);
    }

    @Test
    void sharesAreToldInTheOldShapeAndTheNew() {
        var shared = API.post(
                path + "/permissions",
                Map.of("data", List.of(Map.of("person", Map.of("id", member.personId()), "role", "readOnly"))));

        assertThat(shared.status()).isEqualTo(201);
        var listed = owning.get(path + "/permissions").json().path("data").get(0);
        assertThat(listed.path("role").asText()).isEqualTo("readOnly");
        assertThat(listed.path("policyTag").asText()).isEqualTo("connection_viewer");
        assertThat(listed.path("person").path("id").asLong()).isEqualTo(member.personId());
        assertThat(listed.path("connectionpermission").path("connectionId").asLong())
                .isEqualTo(id);
        assertThat(owning.get(path + "/permissions/sharedSubjects")
                        .json()
                        .path("data")
                        .get(0))
                .isEqualTo(listed);
    }

    @Test
    void theBodyMayNameTheConnection() {
        var body = Map.of(
                "connection",
                Map.of("id", id),
                "data",
                List.of(Map.of("person", Map.of("id", member.personId()), "policyTag", "connection_editor")));

        assertThat(owning.post("/v4/connections/share", body).status()).isEqualTo(201);

        assertThat(api.patch(path, Map.of("description", "mine too")).status()).isEqualTo(200);
    }

    @Test
    void aShareNeverTakesAwayWhatSomebodyHas() {
        share(owning, member.personId(), "connection_editor");

        share(owning, member.personId(), "connection_viewer");

        assertThat(owning.get(path + "/permissions")
                        .json()
                        .at("/data/0/policyTag")
                        .asText())
                .isEqualTo("connection_editor");
    }

    @Test
    void whatIsTakenBackIsGoneAtOnce() {
        share(owning, member.personId(), "connection_viewer");
        assertThat(api.get(path).status()).isEqualTo(200);

        assertThat(owning.delete(path + "/permissions/" + member.personId()).status())
                .isEqualTo(204);

        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(owning.delete(path + "/permissions/" + member.personId()).status())
                .isEqualTo(404);
    }

    @Test
    void viewersTakeNothingFromOthersButMayLeave() {
        Member third = newMember();
        share(owning, member.personId(), "connection_viewer");
        share(owning, third.personId(), "connection_viewer");

        assertThat(api.delete(path + "/permissions/" + third.personId()).status())
                .isEqualTo(403);
        assertThat(api.delete(path + "/permissions/" + member.personId()).status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"999999999,connection_viewer", "OWNER,connection_viewer", "MEMBER,connection_owner", "MEMBER,"})
    void wrongSharesAreRefusedWhole(String person, String policyTag) {
        long personId = person.equals("OWNER")
                ? owner.personId()
                : person.equals("MEMBER") ? member.personId() : Long.parseLong(person);

        var answer = share(owning, personId, policyTag == null ? "" : policyTag);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(owning.get(path + "/permissions").json().path("data")).isEmpty();
    }

    @Test
    void whoCannotBeGivenAShareIsNamedOnce() {
        assertThat(share(owning, owner.personId(), "connection_viewer")
                        .json()
                        .path("detail")
                        .asText())
                .isEqualTo("person " + owner.personId() + " owns the connection already");
        assertThat(share(owning, 999_999_999, "connection_viewer")
                        .json()
                        .path("detail")
                        .asText())
                .isEqualTo("person 999999999 is no member of this workspace");
    }

    @Test
    void listsAreNarrowedAndSorted() {
        share(owning, member.personId(), "connection_viewer");
        String name = owning.get(path).json().path("name").asText();

        assertThat(ids(api, "?sharedRole=viewer")).contains(id);
        assertThat(ids(api, "?sharedRole=owner")).doesNotContain(id);
        assertThat(ids(owning, "?sharedRole=owner")).containsExactly(id);
        assertThat(ids(owning, "?filter=" + name.substring(11) + "&filterType=contains"))
                .containsExactly(id);
        assertThat(ids(owning, "?filter=" + name.toUpperCase().replace(" ", "%20") + "&filterType=exact"))
                .isEmpty();
        assertThat(ids(owning, "?filter=" + name.toUpperCase().replace(" ", "%20") + "&filterType=exactIgnoreCase"))
                .containsExactly(id);
        assertThat(ids(owning, "?filter=%25&filterType=contains")).isEmpty();
        assertThat(ids(owning, "?vendors[]=postgres")).isEmpty();
        assertThat(ids(owning, "?vendors[]=aws&operations[]=publish")).contains(id);
        long second = newConnection(owning, S3.endpoint(), bucket);
        assertThat(ids(owning, "?sharedRole=owner&sort=-createdAt")).containsExactly(second, id);
        assertThat(owning.get("/v4/connections/count?sharedRole=owner")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(2);
        assertThat(owning.get("/v4/connections?sort=secret").status()).isEqualTo(400);
        assertThat(owning.get("/v4/connections?filter=x&filterFields=owner_id").status())
                .isEqualTo(400);
    }

    @Test
    void aFormCanBeDrawnOfTheMetadata() {
        var metadata = API.get("/v4/connectorMetadata/aws").json();

        assertThat(metadata.at("/connectionMetadata/connectionParameters").findValuesAsText("name"))
                .contains("bucket", "credentials[0].key", "credentials[0].secret", "name");
        assertThat(API.get("/v4/connectorMetadata/postgres").status()).isEqualTo(404);
    }

    private static List<Long> ids(Api caller, String query) {
        return caller
                .get("/v4/connections" + query.replace("[]", "%5B%5D"))
                .json()
                .path("data")
                .findParents("uuid")
                .stream()
                .map(connection -> connection.path("id").asLong())
                .toList();
    }

    private Api.Answer share(Api caller, long personId, String policyTag) {
        return caller.post(
                path + "/permissions",
                Map.of("data", List.of(Map.of("person", Map.of("id", personId), "policyTag", policyTag))));
    }

    private static long adminId() {
        return API.get("/v4/connections/" + newConnection(null))
                .json()
                .at("/creator/id")
                .asLong();
    }
}
