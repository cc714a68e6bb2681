package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each role may do; what a connection adds to that is in {@code SharingTest}. */
class RolesTest extends WharfTest {
    private static Wharf wharf;
    private static Api administrator;
    private static Newcomer dataAdmin;
    private static Newcomer member;
    private static Newcomer other;
    private static Newcomer disabled;

    @BeforeAll
    static void open() {
        wharf = start(Map.of());
        administrator = new Api(wharf.api(), token(wharf));
        dataAdmin = Newcomer.add(administrator, Caller.DATA_ADMIN);
        member = Newcomer.add(administrator);
        other = Newcomer.add(administrator);
        disabled = Newcomer.add(administrator, Caller.WORKSPACE_ADMIN, Caller.DATA_ADMIN);
        administrator.patch(disabled.path(), Map.of("isDisabled", true));
        S3.put("wharf", "roles/a.csv", "a\n1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @AfterAll
    static void close() {
        wharf.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # operation,                    workspaceAdmin, dataAdmin, member, disabled
            read who is calling,            200,            200,       200,    401
            list people,                    200,            200,       200,    401
            add a person,                   201,            403,       403,    401
            rename oneself,                 200,            200,       200,    401
            rename another person,          200,            403,       403,    401
            give roles to oneself,          200,            403,       403,    401
            disable another person,         200,            403,       403,    401
            make a token for oneself,       201,            201,       201,    401
            make a token for another,       201,            403,       403,    401
            read the configuration,         200,            200,       200,    401
            turn S3 on,                     200,            403,       403,    401
            read audit events,              200,            403,       403,    401
            list awsConfigs,                200,            403,       403,    401
            set the workspace's awsConfig,  400,            403,       403,    401
            read the current awsConfig,     200,            200,       200,    401
            register a connection,          201,            201,       201,    401
            register a public connection,   201,            403,       403,    401
            try a connection,               200,            200,       200,    401
            browse base storage,            200,            200,       403,    401
            search base storage,            200,            200,       403,    401
            look into base storage,         200,            200,       403,    401
            read from base storage,         200,            200,       403,    401
            import from base storage,       201,            201,       403,    401
            upload a file,                  201,            201,       201,    401
            """)
    void aRoleAllowsWhatItIsFor(String operation, int asAdministrator, int asDataAdmin, int asMember, int asDisabled) {
        assertThat(status(operation, administrator, 1)).as("workspaceAdmin").isEqualTo(asAdministrator);
        assertThat(status(operation, dataAdmin.api(), dataAdmin.id()))
                .as("dataAdmin")
                .isEqualTo(asDataAdmin);
        assertThat(status(operation, member.api(), member.id())).as("member").isEqualTo(asMember);
        assertThat(status(operation, disabled.api(), disabled.id()))
                .as("disabled")
                .isEqualTo(asDisabled);
    }

    private static int status(String operation, Api api, long self) {
        String place = "uri=s3://wharf/roles/";
        String own = "/v4/workspaces/current/people/" + self;
        return (switch (operation) {
                    case "read who is calling" -> api.get("/v4/people/current");
                    case "list people" -> api.get("/v4/people");
                    case "add a person" ->
                        api.post("/v4/people", Map.of("email", UUID.randomUUID() + "@example.com", "name", "N"));
                    case "rename oneself" -> api.patch(own, Map.of("name", "Self"));
                    case "rename another person" -> api.patch(other.path(), Map.of("name", "Other"));
                    case "give roles to oneself" ->
                        api.patch(
                                own, Map.of("authorizationRoles", List.of(Caller.WORKSPACE_ADMIN, Caller.DATA_ADMIN)));
                    case "disable another person" -> api.patch(other.path(), Map.of("isDisabled", false));
                    case "make a token for oneself" -> api.post("/v4/apiAccessTokens", Map.of("lifetimeSeconds", 60));
                    case "make a token for another" ->
                        api.post("/v4/apiAccessTokens", Map.of("lifetimeSeconds", 60, "personId", other.id()));
                    case "read the configuration" -> api.get("/v4/workspaces/current/configuration");
                    case "turn S3 on" ->
                        api.patch(
                                "/v4/workspaces/current/configuration",
                                Map.of("configuration", List.of(Map.of("key", "aws.s3.enabled", "value", "true"))));
                    case "read audit events" -> api.get("/v4/auditEvents");
                    case "list awsConfigs" -> api.get("/v4/awsConfigs");
                    // Nobody's secret: who may set it is told what is missing, and nothing changes for the others.
                    case "set the workspace's awsConfig" -> api.post("/v4/awsConfigs", Map.of("workspaceId", 1));
                    case "read the current awsConfig" -> api.get("/v4/awsConfigs/current");
                    case "register a connection" -> api.post("/v4/connections", connection(false));
                    case "register a public connection" -> api.post("/v4/connections", connection(true));
                    case "try a connection" -> api.post("/v4/connections/dryRun", connection(false));
                    case "browse base storage" -> api.get("/vfsList?" + place);
                    case "search base storage" -> api.get("/vfsSearch?query=a&" + place);
                    case "look into base storage" -> api.get("/vfsPreview?" + place + "a.csv");
                    case "read from base storage" -> api.get("/vfsRead?" + place + "a.csv");
                    case "import from base storage" ->
                        api.post("/v4/importedDatasets", Map.of("uri", "s3://wharf/roles/a.csv", "name", "a"));
                    case "upload a file" ->
                        api.send(api.request("/v4/uploads?name=a.csv").PUT(BodyPublishers.ofString("a\n1\n")));
                    default -> throw new IllegalArgumentException(operation);
                })
                .status();
    }

    private static Map<String, Object> connection(boolean isGlobal) {
        return Map.of(
                "vendor",
                "aws",
                "vendorName",
                "aws",
                "type",
                "remotefile",
                "credentialType",
                "keySecret",
                "name",
                "connection " + UUID.randomUUID(),
                "isGlobal",
                isGlobal,
                "params",
                Map.of("endpoint", S3.endpoint().toString()),
                "credentials",
                List.of(Map.of("key", S3.accessKeyId(), "secret", S3.secretAccessKey())));
    }
}
