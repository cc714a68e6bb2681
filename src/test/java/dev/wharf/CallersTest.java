package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a caller sends is ignored in silence, and what clients of the v4 API send is understood. */
class CallersTest extends WharfTest {
    private static final String NAME = "callers-" + UUID.randomUUID();

    private static JsonNode contract() {
        var answer = API.send(API.request("/v4/open-api-spec")
                .header("accept", "application/json")
                .GET());
        assertThat(answer.headers().get("content-type").get(0)).startsWith("application/json");
        return answer.json();
    }

    private static String refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private static JsonNode ok(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer.json();
    }

    /** Much of what clients of the v4 API send is taken beyond what the document asks for. */
    private static Api.Answer send(String method, String path, String body) {
        return API.tolerated()
                .send(API.request(path)
                        .header("content-type", "application/json")
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private static String allow(Api.Answer answer) {
        return String.join(", ", answer.headers().getOrDefault("allow", List.of()));
    }

    private static Stream<String> reads() {
        return contract().path("paths").properties().stream()
                .filter(path -> path.getValue().has("get"))
                .map(Map.Entry::getKey);
    }

    private static boolean showsDeleted(String template) {
        return contract().path("paths").path(template).path("get").path("parameters").findValuesAsText("name").stream()
                .anyMatch("includeDeleted"::equals);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void everyReadRefusesAnUnknownParameterByNameAndIsAnsweredToHeadAsToGet(String template) {
        String path = template.replaceAll("\\{(id|personId)}", "99999999")
                .replaceAll("\\{(tokenId|uuid)}", UUID.randomUUID().toString())
                .replace("{workspaceId}", "current")
                .replace("{connector}", "aws")
                .replace("{protocol}", "s3");

        assertThat(refused(API.get(path + "?frobnicate=1"), 400)).startsWith("frobnicate is no query parameter");
        assertThat(API.get(path + "?includeDeleted=False&noLimit=false").text()).doesNotContain("no query parameter");
        if (!showsDeleted(template)) {
            assertThat(refused(API.get(path + "?includeDeleted=True"), 400)).startsWith("includeDeleted");
        }
        var get = API.get(path);
        var head = API.send(API.request(path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.text()).isEmpty();
        assertThat(head.headers().get("content-type")).isEqualTo(get.headers().get("content-type"));
        assertThat(API.get("/v4/people/current").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void aPathIdThatIsNoNumberIsNoInternalError(String template) {
        for (String id : Set.of("null", "abc", "-1", "99999999999999999999", "%00", "1e3", "true", "${body}")) {
            String path =
                    template.replaceAll("\\{[A-Za-z]+}", id.replace("$", "\\$")).replace("${body}", "%24%7Bbody%7D");
            assertThat(API.get(path).status()).as(path).isLessThan(500);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v4/connections | DELETE | GET, HEAD, OPTIONS, POST",
                "/v4/connections/7 | POST | DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
                "/v4/connections/share/ | PATCH | DELETE, OPTIONS, POST",
                "/v4/connections/dryRun | GET | OPTIONS, POST",
                "/v4/connections/count | DELETE | GET, HEAD, OPTIONS",
                "/v4/awsConfigs/current | PUT | GET, HEAD, OPTIONS",
                "/v4/uploads | GET | OPTIONS, POST, PUT",
                "/v4/jobgroups/7/status | PUT | GET, HEAD, OPTIONS",
                "/session | PUT | DELETE, GET, HEAD, OPTIONS, POST",
                "/vfsRead | POST | GET, HEAD, OPTIONS",
                "/vfsArchive | POST | GET, HEAD, OPTIONS",
            })
    void anAddressSaysToWhatItAnswers(String path, String wrong, String allow) {
        var options = API.send(API.request(path).method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.status()).isEqualTo(204);
        assertThat(allow(options)).isEqualTo(allow);
        if (!allow.contains(wrong)) {
            var refused = send(wrong, path, "{}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(405);
            assertThat(allow(refused)).isEqualTo(allow);
        }
    }

    @Test
    void theFileServiceAndHealthSayItAsWell() {
        assertThat(allow(FILES.send(FILES.request("/vfsList").method("OPTIONS", BodyPublishers.noBody()))))
                .isEqualTo("GET, HEAD, OPTIONS");
        assertThat(allow(FILES.send(FILES.request("/vfsList").DELETE()))).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(refused(FILES.get("/vfsList?uri=s3://&recursve=true"), 400)).contains("did you mean recursive?");
        assertThat(API.send(API.request("/v4/nothing").method("OPTIONS", BodyPublishers.noBody()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void headOfAStreamedListEndsAtOnce() {
        String bucket = newBucket();
        S3.put(bucket, "a.csv", "1,2\n".getBytes(StandardCharsets.UTF_8));
        String path = "/vfsList?uri=s3://" + bucket + "/?connectionId=" + newConnection(bucket);

        var head = API.send(
                API.request(path).header("accept", "application/x-ndjson").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers().get("content-type").get(0)).startsWith("application/x-ndjson");
        assertThat(API.tolerated()
                        .get(path + "&progress=False&recursive=True")
                        .json()
                        .path("data"))
                .hasSize(1);
    }

    @Test
    void theContractIsYamlUnlessJsonIsAskedFor() {
        assertThat(API.get("/v4/open-api-spec").text()).startsWith("openapi: 3.0.3");
        assertThat(contract().path("openapi").asText()).isEqualTo("3.0.3");
    }

    private static long importFile(String name) {
        String bucket = newBucket();
        S3.put(bucket, "in/a.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        return ok(API.post(
                        "/v4/importedDatasets",
                        Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + newConnection(bucket), "name", name)))
                .path("id")
                .asLong();
    }

    @Test
    void datasetsAreFilteredSortedAndEmbedded() {
        long first = importFile(NAME + " b");
        long second = importFile(NAME + " A");
        String list = "/v4/importedDatasets?filterType=contains&filter=" + NAME;

        assertThat(ok(API.get(list + "&sort=-id"))
                        .path("data")
                        .findValues("id")
                        .get(0)
                        .asLong())
                .isEqualTo(second);
        assertThat(ok(API.tolerated().get(list + "%20b&includeCount=True"))
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(refused(API.get(list + "&sort=size"), 400)).startsWith("sort must be of");
        assertThat(refused(API.get(list + "&filterFields=size"), 400)).startsWith("filterFields must be of");
        JsonNode embedded = ok(API.get("/v4/importedDatasets/" + first
                + "?embed=creator(fields=email),workspace,connection&fields=creator;workspace;connection"));
        assertThat(embedded.path("creator").path("email").asText()).contains("@");
        assertThat(embedded.path("creator").has("id")).isFalse();
        assertThat(embedded.path("workspace").path("gid").asText()).isNotEmpty();
        assertThat(embedded.path("connection").path("vendor").asText()).isEqualTo("aws");
        assertThat(refused(API.get(list + "&embed=flow"), 400)).contains("connection, creator, updater, workspace");
    }

    private static JsonNode start(String overrides) {
        return ok(send(
                "POST",
                "/v4/jobGroups",
                "{\"wrangledDataset\":{\"id\":\"" + importFile(NAME + " job") + "\"},\"ranfrom\":null,"
                        + "\"forceCacheUpdate\":false,\"runParameters\":{\"overrides\":{\"data\":[]}},\"overrides\":"
                        + overrides + "}"));
    }

    @Test
    void jobsAreFilteredSortedAndEmbeddedAndHaveNoProfileUnlessAskedForIt() {
        long job = start("{\"profiler\":false,\"execution\":\"photon\",\"publications\":[]}")
                .path("id")
                .asLong();
        String list = "/v4/jobGroups?filterType=contains&filter=" + NAME;

        JsonNode found = ok(API.get(list + "&sort=-createdAt&embed=jobs(fields=id,limit=1),creator,wrangledDataset"))
                .path("data")
                .path(0);
        assertThat(found.path("id").asLong()).isEqualTo(job);
        assertThat(found.path("jobs").path("data").toString()).matches("\\[\\{\"id\":\\d+}]");
        assertThat(found.path("creator").path("email").asText()).contains("@");
        assertThat(found.path("wrangledDataset").path("name").asText()).isEqualTo(NAME + " job");
        assertThat(ok(API.get("/v4/jobGroups?filterFields=status&filterType=exact&filter=Nothing"))
                        .path("data"))
                .isEmpty();
        assertThat(refused(API.get(list + "&sort=size"), 400)).startsWith("sort must be of");
        assertThat(refused(API.get(list + "&embed=flow"), 400)).startsWith("embed names");
        var profile = API.get("/v4/jobGroups/" + job + "/profile");
        assertThat(refused(profile, 400)).contains("no profile");
        assertThat(profile.json().path("exception").path("name").asText()).isEqualTo("ProfilingDataNotFoundException");
        assertThat(refused(API.get("/v4/jobGroups/99999999/profile"), 404)).contains("99999999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"writesettings", "writeSettings"})
    void bothSpellingsOfWriteSettingsAreHonoured(String spelling) {
        assertThat(refused(
                        send(
                                "POST",
                                "/v4/jobGroups",
                                "{\"wrangledDataset\":{\"id\":1},\"overrides\":{\"" + spelling
                                        + "\":[{\"path\":\"s3://b/o.csv\",\"action\":\"append\",\"format\":\"xls\"}]}}"),
                        400))
                .contains("action must be create", "format must be one of");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "/v4/jobGroups | {\"wrangledDataset\":{\"id\":1},\"runParameters\":{\"overrides\":{\"data\":[{\"kye\":\"a\"}]}}} | runParameters.overrides.data[0].kye is not known here; did you mean key?",
                "/v4/jobGroups | {\"wrangledDataset\":{\"id\":1},\"overrides\":{\"publications\":[{}]}} | ",
                "/v4/jobGroups | {\"wrangledDataset\":{\"id\":1},\"overrides\":{\"publications\":[{\"path\":[\"a\"]}]}} | overrides.publications is not supported",
                "/v4/jobGroups | {\"wrangledDatset\":{\"id\":1}} | wrangledDatset is not known here; did you mean wrangledDataset?",
                "/v4/importedDatasets | {\"uri\":\"s3://b/k\",\"name\":\"n\",\"ensureHeader\":true,\"sanitizeColumnNames\":\"x\"} | ensureHeader is not supported: leave it out; also sanitizeColumnNames is not supported",
                "/v4/importedDatasets | {\"uri\":\"s3://b/k\",\"bucket\":\"c\",\"name\":\"\",\"type\":\"hdfs\"} | name must have 1 to 255 characters; also type must be \"s3\"; also bucket is given beside uri",
                "/v4/connections | {\"vendor\":\"aws\",\"type\":\"x\",\"name\":\"\",\"credentialType\":\"keySecret\",\"params\":{\"regoin\":\"eu\"}} | params.regoin is not known here; did you mean region?; also type must be \"remotefile\" for an external S3 connection; also name must have",
                "/v4/connections | {\"params\":{\"serverSideEncryption\":\"AES256\",\"bucket\":\"b\"}} | params.serverSideEncryption is not known here; did you mean credentials[0].serverSideEncryption?; also params.bucket is not known here; did you mean bucket?",
                "/v4/connections | {\"vendor\":\"aws\",\"type\":\"remotefile\",\"name\":\"n\",\"ssl\":true,\"sshTunneling\":false} | ssl is not supported: leave it out",
                "/v4/connections | {\"vendor\":\"aws\",\"type\":\"remotefile\",\"name\":\"n\",\"credentialType\":\"keySecret\",\"credentials\":[{\"key\":\"k\",\"secret\":\"s\",\"externalId\":\"xx\"}]} | credentials[0].externalId is no field of the credentialType keySecret",
                "/v4/importedDatasets | {\"uri\":\"s3://b/k\",\"name\":\"n\",\"detectStructure\":\"maybe\"} | detectStructure must be true or false",
                "/v4/importedDatasets | {\"uri\":\"s3://b/k\",\"name\":\"\",\"isDynamic\":false,\"isConverted\":\"false\"} | name must have 1 to 255 characters",
                "/v4/importedDatasets | {\"uri\":\"s3://b/k\",\"name\":\"n\",\"isDynamic\":\"True\"} | isDynamic must be true or false, and is sent as a string",
                "/v4/connections | {\"vendor\":\"aws\",\"type\":\"x\",\"ssl\":\"False\",\"name\":\"n\"} | type must be",
                "/v4/connections | {\"vendor\":\"aws\",\"type\":\"remotefile\",\"name\":\"n\",\"ssl\":\"True\"} | ssl is not supported",
                "/v4/connections | {\"vendor\":\"aws\",\"type\":\"remotefile\",\"name\":\"n\",\"credentialType\":\"keySecret\",\"credentials\":[{\"key\":\"k\",\"secret\":\"s\",\"serverSideKmsKeyId\":\"alias/mine\"}]} | credentials[0].serverSideKmsKeyId counts only with serverSideEncryption aws:kms",
                "/v4/jobGroups | {\"wrangledDataset\":{\"id\":1},\"overrides\":{\"writesettings\":[{\"path\":\"x\",\"action\":\"create\",\"format\":\"json\",\"header\":true,\"delim\":\";\",\"hasQuotes\":true}]}} | path must be s3://",
                "/v4/jobGroups | {\"wrangledDataset\":{\"id\":1},\"overrides\":{\"writesettings\":[{\"path\":\"s3://bkt/x/\",\"action\":\"create\",\"format\":\"pqt\",\"header\":true,\"delim\":\";\",\"hasQuotes\":true}]}} | header is for the format csv: leave it out, as pqt has none; also delim is for the format csv: leave it out, as pqt has none; also hasQuotes is",
                "/v4/jobGroups | {\"wrangledDataset\":{\"id\":1},\"overrides\":{\"writesettings\":[{\"path\":\"s3://bkt/x/\",\"action\":\"create\",\"format\":\"json\",\"header\":false,\"hasQuotes\":false}],\"execution\":\"x\"}} | overrides.execution must be",
                "/v4/people | {\"email\":\"ann@example.com\",\"name\":\"Ann\",\"roles\":[],\"authorizationRoles\":[]} | authorizationRoles is given twice, as roles and as authorizationRoles",
                "/v4/people | {\"email\":\"x\",\"name\":\" \",\"role\":[]} | role is not known here; did you mean roles?; also email must be an address",
                "/v4/apiAccessTokens | {\"lifetimeSeconds\":0,\"lifetime\":1} | lifetime is not known here",
            })
    void whatABodyMayNotHoldIsToldTogether(String path, String body, String message) {
        var answer = send("POST", path, body);
        if (message != null) {
            assertThat(refused(answer, 400)).startsWith(message);
        } else {
            assertThat(answer.text()).doesNotContain("publications");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v4/connections/CONNECTION/status", "/v4/jobGroups/99999999/withdraw"})
    void whatTakesNoBodyRefusesOne(String template) {
        String path = template.replace("CONNECTION", "" + newConnection(newBucket()));
        for (String body : List.of("{\"write\":true}", "[]", "x", " null ")) {
            assertThat(refused(send("POST", path, body), 400)).startsWith("The body must be empty");
        }
        var form = API.request(path)
                .header("content-type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(
                        "--b\r\nContent-Disposition: form-data; name=\"write\"\r\n\r\ntrue\r\n--b--\r\n"));
        assertThat(refused(API.send(form), 400)).startsWith("The body must be empty");
        var named = API.request(path)
                .header("content-type", "application/json; charset=no-such-charset")
                .POST(BodyPublishers.ofString("x"));
        assertThat(refused(API.send(named), 400)).startsWith("The body must be empty");
        int withoutOne = send("POST", path, null).status();
        assertThat(withoutOne).isIn(200, 404);
        for (String nothing : List.of("", "{}", " { }\n")) {
            assertThat(send("POST", path, nothing).status()).isEqualTo(withoutOne);
        }
    }

    @Test
    void allUnknownNamesOfAQueryAreToldTogether() {
        assertThat(refused(API.get("/v4/connections?limt=1&frobnicate=2&limit=3"), 400))
                .contains("limt is no query parameter of this address; did you mean limit?")
                .contains("; also frobnicate is no query parameter");
        assertThat(refused(API.get("/v4/connections?embed=flow,creator,project"), 400))
                .contains("names \"flow\", \"project\"");
        assertThat(refused(API.get("/v4/connections/" + newConnection(newBucket()) + "?fields=id;nmae;sise"), 400))
                .contains("names \"nmae\", \"sise\"");
    }

    @Test
    void anEmptyFilterFindsAllAndHowToFilterIsCheckedWithoutOne() {
        importFile(NAME + " filtered");
        for (String list : List.of("/v4/importedDatasets", "/v4/connections", "/v4/jobGroups", "/v4/people")) {
            var all = ok(API.get(list + "?includeCount=true")).path("count");
            assertThat(ok(API.get(list + "?includeCount=true&filter=")).path("count"))
                    .as(list)
                    .isEqualTo(all);
        }
        for (String type : List.of("fuzzy", "contains", "exact", "exactIgnoreCase")) {
            assertThat(ok(API.get("/v4/importedDatasets?filter=&filterType=" + type))
                            .path("data"))
                    .as(type)
                    .isNotEmpty();
        }
        assertThat(ok(API.get("/v4/connections/count?filter="))).isEqualTo(ok(API.get("/v4/connections/count")));
        assertThat(refused(API.get("/v4/importedDatasets?filterType=regex"), 400))
                .startsWith("filterType must be");
        assertThat(refused(API.get("/v4/importedDatasets?filterFields=size"), 400))
                .startsWith("filterFields must be of");
    }

    @Test
    void whatIsEmbeddedStaysBesideTheFieldsAndHasItsOptions() {
        long dataset = importFile(NAME + " embedded");
        String one = "/v4/importedDatasets/" + dataset;

        JsonNode shown = ok(API.get(one + "?fields=id&embed=connection(fields=id;name),creator"));
        assertThat(shown.properties().stream().map(Map.Entry::getKey)).containsOnly("id", "connection", "creator");
        assertThat(shown.path("connection").properties().stream().map(Map.Entry::getKey))
                .containsOnly("id", "name");
        assertThat(refused(API.get(one + "?embed=connection(fields=nmae)"), 400))
                .contains("names \"nmae\"");
        assertThat(refused(API.get(one + "?embed=connection(limit=1)"), 400)).contains("limit or sort for connection");
        assertThat(ok(API.get(one)).path("connection").properties()).hasSize(1);
        long job = start("{}").path("id").asLong();
        assertThat(ok(API.get("/v4/jobGroups/" + job + "?fields=id&embed=jobs"))
                        .path("jobs")
                        .path("data"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"True\"", "true", "\"TRUE\"", "\"true\""})
    void aFlagOfTheConfigurationIsTakenAsClientsWriteIt(String value) {
        String path = "/v4/workspaces/current/configuration";

        JsonNode set =
                ok(send("PATCH", path, "{\"configuration\":[{\"key\":\"aws.s3.enabled\",\"value\":" + value + "}]}"));
        assertThat(set.path("configuration").path(0).path("value").asText()).isEqualTo("true");
        assertThat(refused(send("PATCH", path, "{\"configuration\":[{\"key\":\"aws.s3.enabled\",\"value\":1}]}"), 400))
                .contains("value must be a string, true or false");
    }

    @Test
    void aPackedBodyIsRefused() {
        var packed = API.request("/v4/importedDatasets")
                .header("content-type", "application/json")
                .header("content-encoding", "gzip")
                .POST(BodyPublishers.ofString("{}"));

        assertThat(refused(API.send(packed), 415)).contains("Content-Encoding: gzip");
    }

    @Test
    void peopleAreFoundByTheirWholeAddress() {
        String email = UUID.randomUUID() + "@example.com";
        ok(API.post("/v4/people", Map.of("email", email, "name", "Ann")));

        assertThat(ok(API.get("/v4/people?includeCount=true&email=" + email.toUpperCase()))
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(ok(API.get("/v4/people?email=nobody@example.com")).path("data"))
                .isEmpty();
        assertThat(ok(API.get("/v4/people?email=")).path("data")).isEmpty();
        assertThat(refused(API.get("/v4/people?emial=x"), 400)).contains("did you mean email?");
    }

    @Test
    void baseStorageOfOneProtocolIsFlatAndAWorkspaceHasAGid() {
        for (String protocol : List.of("s3", "current")) {
            JsonNode config = ok(API.get("/v4/people/current/baseStorageConfigs/" + protocol));
            assertThat(config.path("baseURL").asText()).isEqualTo("s3://wharf");
            assertThat(config.path("outputHomeDir").asText()).startsWith("/");
            assertThat(config.path("uploadDir").asText()).startsWith("/trifacta/uploads");
        }
        JsonNode workspace = ok(API.get("/v4/workspaces/current"));
        assertThat(workspace.path("gid")).isEqualTo(workspace.path("uuid"));
        assertThat(refused(API.get("/v4/people/null/baseStorageConfigs"), 404)).contains("person null");
    }

    @Test
    void aConnectionIsSharedAndTakenBackInTheNewerShape() {
        long id = newConnection(newBucket());
        long one = newMember().personId();
        long other = newMember().personId();
        String share = "{\"connectionId\":\"" + id + "\",\"policy\":\"connection_editor\",\"subjects\":{\"person\":["
                + one + ",{\"id\":" + other + "}]}}";
        String permissions = "/v4/connections/" + id + "/permissions";

        assertThat(ok(send("POST", "/v4/connections/share", share)).path("data").findValuesAsText("policyTag"))
                .containsExactly("connection_editor", "connection_editor");
        assertThat(send("DELETE", "/v4/connections/share", share.replace("" + one, "99999999"))
                        .status())
                .isEqualTo(404);
        assertThat(ok(API.get(permissions)).path("data")).hasSize(2);
        assertThat(send("DELETE", "/v4/connections/share", share).status()).isEqualTo(204);
        assertThat(ok(API.get(permissions)).path("data")).isEmpty();
        assertThat(refused(send("POST", "/v4/connections/share", share.replace("editor", "owner")), 400))
                .startsWith("policy must be connection_viewer or connection_editor");
        assertThat(refused(send("POST", "/v4/connections/share", "{\"policy\":\"connection_viewer\"}"), 400))
                .startsWith("connectionId must be");
    }

    @Test
    void whatWritesIsAPostForThePage() {
        String bucket = newBucket();
        String status = "/v4/connections/" + newConnection(bucket) + "/status?write=true";
        var stranger = new Api(WHARF.api(), null);
        var session = stranger.request(status).header("cookie", API.session());

        assertThat(refused(stranger.send(session.copy().GET()), 400)).contains("POST");
        assertThat(stranger.send(session.copy()
                                .header("origin", WHARF.api().toString())
                                .POST(BodyPublishers.noBody()))
                        .json()
                        .path("result")
                        .asText())
                .isEqualTo("SUCCESS");
        assertThat(ok(API.get(status)).path("result").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void anOwnerSeesThatAnAdministratorSharedTheirConnectionWithThemselves() {
        var owner = API.as(newMember().token());
        var other = API.as(newMember().token());
        long id = newConnection(owner, newBucket());
        long admin = ok(API.get("/v4/people/current")).path("id").asLong();
        ok(API.post(
                "/v4/connections/" + id + "/permissions",
                Map.of("data", List.of(Map.of("person", Map.of("id", admin), "policyTag", "connection_viewer")))));

        JsonNode event = ok(owner.get("/v4/auditEvents?operation=shareConnection&connectionId=" + id))
                .path("data")
                .path(0);
        assertThat(event.path("detail").asText()).isEqualTo("person " + admin + " viewer");
        assertThat(event.path("actor").path("id").asLong()).isEqualTo(admin);
        for (String query : List.of("", "?connectionId=0", "?connectionId=99999999")) {
            assertThat(refused(owner.get("/v4/auditEvents" + query), 403)).contains("connectionId");
        }
        assertThat(refused(other.get("/v4/auditEvents?connectionId=" + id), 403))
                .contains("workspaceAdmin");
    }
}
