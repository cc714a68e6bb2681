package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.browse.RestoreReport.Status;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.faulty.Faults;
import dev.wharf.testing.stub.IamActions;
import dev.wharf.testing.stub.StubS3;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Archived objects are restored by a route over {@code aws2-s3:}, in the real service. */
class RestoreTest extends WharfTest {
    private static final Caller ADMIN = new Caller(1, 1, 1, "admin@localhost", Set.of(Caller.WORKSPACE_ADMIN));
    private static final String ROUTE = """
            - route:
                id: restoreForTest
                from:
                  uri: direct:restoreForTest
                  steps:
                    - setVariable:
                        name: restoring
                        method: {ref: restores, method: "begin(${variable.caller}, ${variable.request})"}
                    - split:
                        id: eachArchivedObject
                        streaming: "true"
                        stopOnException: "true"
                        simple: {expression: "${variable.restoring}"}
                        steps:
                          - setVariable: {name: object, simple: {expression: "${body}"}}
                          - doTry:
                              steps:
                                - convertBodyTo: {type: software.amazon.awssdk.services.s3.model.RestoreObjectRequest}
                                - to: {id: restoreObject, uri: "aws2-s3:connection", parameters: {operation: restoreObject}}
                                - bean: {ref: restores, method: "requested(${variable.restoring}, ${variable.object})"}
                              doCatch:
                                - exception: [java.lang.Exception]
                                  steps:
                                    - bean:
                                        ref: restores
                                        method: "refused(${variable.restoring}, ${variable.object}, ${exception})"
                    - bean: {ref: restores, method: "report(${variable.restoring})"}
            """;

    private static StubS3 s3;
    private static long connection;

    @BeforeAll
    static void start() throws Exception {
        s3 = StubS3.start("archive");
        connection = newConnection(s3.endpoint(), "archive");
        var context = WHARF.camel().getCamelContext();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("restore.camel.yaml", ROUTE));
    }

    @AfterAll
    static void stop() throws Exception {
        var context = WHARF.camel().getCamelContext();
        context.getRouteController().stopRoute("restoreForTest");
        context.removeRoute("restoreForTest");
        s3.close();
    }

    @BeforeEach
    void empty() {
        s3.reset();
        s3.keys("archive").forEach(key -> s3.remove("archive", key));
    }

    private static void put(String key, String storageClass) {
        s3.put("archive", key, new byte[] {'a'});
        if (storageClass != null) {
            s3.archive("archive", key, storageClass);
        }
    }

    private static String uri(String key) {
        return "s3://archive/" + key + "?connectionId=" + connection;
    }

    private static RestoreRequest request(String... keys) {
        var uris = List.of(keys).stream().map(RestoreTest::uri).toList();
        return Json.read(Json.write(Map.of("uris", uris, "tier", "Bulk", "days", 7)), RestoreRequest.class);
    }

    private static RestoreReport restore(Caller caller, RestoreRequest request) throws Exception {
        try (var template = WHARF.camel().getCamelContext().createProducerTemplate()) {
            var exchange = template.send("direct:restoreForTest", sent -> {
                sent.setVariable("caller", caller);
                sent.setVariable("request", request);
            });
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            return exchange.getMessage().getBody(RestoreReport.class);
        }
    }

    private static List<String> asked() {
        return s3.requests("POST", "?restore").stream().map(Faults.Request::uri).toList();
    }

    @Test
    void whatAnImportOfAFolderRefusesIsAskedForAndOnlyThat() throws Exception {
        put("in/a.csv", "GLACIER");
        put("in/sub/b.csv", "DEEP_ARCHIVE");
        put("in/readable.csv", null);
        put("in/_SUCCESS", "GLACIER");
        put("in/.hidden/c.csv", "GLACIER");
        put("in/making.csv", "GLACIER");
        s3.restoring("archive", "in/making.csv");
        put("in/there.csv", "GLACIER");
        s3.restored("archive", "in/there.csv", Instant.parse("2030-01-01T00:00:00Z"));
        put("beside.csv", "GLACIER");

        var report = restore(ADMIN, request("in/"));

        assertThat(report.more()).isFalse();
        assertThat(report.counts())
                .containsOnly(
                        Map.entry(Status.requested, 2L),
                        Map.entry(Status.inProgress, 1L),
                        Map.entry(Status.restored, 1L));
        assertThat(report.data()).contains(new RestoreReport.Row(uri("in/a.csv"), Status.requested, null));
        assertThat(asked()).hasSize(2);
        assertThat(restore(ADMIN, request("in/")).counts())
                .containsOnly(Map.entry(Status.inProgress, 3L), Map.entry(Status.restored, 1L));
        assertThat(asked()).as("nothing is asked for twice").hasSize(2);
    }

    @Test
    void ofSingleObjectsEachIsToldByItselfAndKeysStayText() throws Exception {
        String key = "${sysenv.HOME}/{{x}}+%2F.csv";
        put(key, "GLACIER");
        put("readable.csv", null);

        var report = restore(ADMIN, request(key, "readable.csv", "missing.csv"));

        assertThat(report.data())
                .extracting(RestoreReport.Row::status)
                .containsExactly(Status.requested, Status.notArchived, Status.refused);
        assertThat(report.data().get(0).uri()).isEqualTo(uri(key));
        assertThat(report.data().get(2).detail()).contains("s3://archive/missing.csv: no such object");
    }

    @Test
    void whereTheKeyPairMayNotTheAnswerIsForbiddenAndNamesActionAndResource() {
        put("in/a.csv", "GLACIER");
        put("in/b.csv", "GLACIER");
        s3.when(IamActions.taking("s3:RestoreObject"))
                .answer(403, "AccessDenied")
                .always();

        assertThatThrownBy(() -> restore(ADMIN, request("in/")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(403))
                .hasMessageContaining("lacks s3:RestoreObject on arn:aws:s3:::archive/in/a.csv");
    }

    @Test
    void theNextCallUsesTheNewKeyPair() throws Exception {
        put("a.csv", "GLACIER");
        put("b.csv", "GLACIER");
        restore(ADMIN, request("a.csv"));
        var change = API.patch(
                "/v4/connections/" + connection,
                Map.of("credentials", List.of(Map.of("key", "AKIANEWPAIR000000000", "secret", "another-secret"))));
        assertThat(change.status()).as(change.text()).isEqualTo(200);

        restore(ADMIN, request("b.csv"));

        assertThat(s3.requests("POST", "?restore"))
                .extracting(sent -> sent.headers().get("authorization").contains("AKIANEWPAIR000000000/"))
                .containsExactly(false, true);
    }

    @Test
    void viewersAndEditorsMayNotAndTheStoreIsNotAsked() {
        put("a.csv", "GLACIER");
        var member = newMember();
        var share = API.post(
                "/v4/connections/" + connection + "/permissions",
                Map.of(
                        "data",
                        List.of(Map.of("person", Map.of("id", member.personId()), "policyTag", "connection_editor"))));
        assertThat(share.status()).as(share.text()).isLessThan(300);
        var editor = new Caller(member.membershipId(), member.personId(), 1, "editor@example.com", Set.of());

        assertThatThrownBy(() -> restore(editor, request("a.csv")))
                .hasMessageContaining("to have archived objects restored takes its owner or an administrator");
        assertThatThrownBy(() -> restore(editor, Json.read("{\"uris\":[\"s3://wharf/a.csv\"]}", RestoreRequest.class)))
                .hasMessageContaining("Only a member with the role workspaceAdmin may have archived objects");
        assertThat(asked()).isEmpty();
    }

    @Test
    void theAuditTrailHasEveryObject() throws Exception {
        put("audited/a.csv", "GLACIER");

        restore(ADMIN, request("audited/a.csv"));

        assertThat(API.get("/v4/auditEvents?connectionId=" + connection + "&bucket=archive&key=audited/")
                        .json()
                        .path("data"))
                .extracting((JsonNode event) -> event.path("operation").asText())
                .contains("restoreObject");
    }

    @Test
    void aRequestThatIsWrongIsToldHow() {
        assertThatThrownBy(() -> Json.read("{\"uris\":[],\"tier\":\"Fast\",\"days\":0}", RestoreRequest.class))
                .hasStackTraceContaining("uris must name 1 to 1000 objects")
                .hasStackTraceContaining("tier must be one of Standard, Bulk, Expedited")
                .hasStackTraceContaining("days must be from 1 to 365");
        assertThatThrownBy(() -> Json.read(
                        "{\"uris\":[\"s3://bucket/a?connectionId=1\",\"s3://bucket/a\"]}", RestoreRequest.class))
                .hasStackTraceContaining("uris are on several connections");
    }
}
