package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.OidcProvider;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.StubSts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A secret is in the registry, encrypted, and in memory; it is nowhere else. */
class SecrecyTest extends WharfTest {
    private static final String SECRET = "canarySecret0123456789";
    private static final String KEY_ID = "canaryKeyId0123456789";

    @TempDir
    Path folder;

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage());
            for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                log.add(String.valueOf(cause.getMessage()));
            }
        }
    };
    private final List<Appender<ILoggingEvent>> consoles = new ArrayList<>();
    private Level level;

    @BeforeEach
    void recordEverything() {
        level = root.getLevel();
        recorder.start();
        root.addAppender(recorder);
        // The console keeps its level: only the recorder is to see the flood.
        root.iteratorForAppenders().forEachRemaining(appender -> {
            if (appender != recorder) {
                root.detachAppender(appender);
                consoles.add(appender);
            }
        });
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void recordNothing() {
        root.setLevel(level);
        root.detachAppender(recorder);
        consoles.forEach(root::addAppender);
    }

    @Test
    void aKeyPairThatIsStoredUsedAndRefusedIsFoundNowhere() throws Exception {
        StringBuilder answers = new StringBuilder();
        try (Wharf wharf = start(Map.of("wharf.data-dir", folder.toString()))) {
            var api = new Api(wharf.api(), token(wharf));
            var created = api.post("/v4/connections", connection());
            String path = "/v4/connections/" + created.json().path("id");
            answers.append(created.text())
                    .append(api.get(path).text())
                    .append(api.get("/v4/connections").text())
                    .append(api.get(path + "/status").text())
                    .append(api.get("/v4/connections/" + SECRET.hashCode()).text())
                    .append(api.post("/v4/connections", connection()).text())
                    .append(api.patch(path, Map.of("credentials", List.of(Map.of("key", KEY_ID, "secret", SECRET + 2))))
                            .text())
                    .append(api.patch(
                                    path,
                                    Map.of("credentials", List.of(Map.of("key", KEY_ID, "secret", SECRET + "\n"))))
                            .text())
                    .append(api.patch(path, Map.of("credentials", SECRET)).text())
                    .append(api.put(path, connection()).text())
                    .append(api.get(path + "/status").text())
                    .append(api.get(path + "/permissions").text())
                    .append(api.post("/v4/awsConfigs", baseStorage()).text())
                    .append(api.get("/vfsList?uri=s3://wharf/").text())
                    .append(api.put("/v4/awsConfigs/1", baseStorage()).text())
                    .append(api.put("/v4/awsConfigs/1", Map.of("secret", SECRET + "\n"))
                            .text())
                    .append(api.get("/v4/awsConfigs").text())
                    .append(api.get("/v4/auditEvents?limit=1000").text());

            assertThat(answers.toString())
                    .contains("createAwsConfig", "getConnectionStatus")
                    .doesNotContain(SECRET, KEY_ID);
            assertThat(jmx()).doesNotContain(SECRET).doesNotContain(KEY_ID);
            assertThat(routes(wharf)).contains("createConnection").doesNotContain(SECRET, KEY_ID);
            assertThat(threads()).doesNotContain(SECRET, KEY_ID);
        }
        assertThat(log).isNotEmpty().noneMatch(line -> line.contains(SECRET));
        assertThat(files()).isNotEmpty().noneMatch(text -> text.contains(SECRET) || text.contains(KEY_ID));
    }

    @Test
    void aRoleThatIsRegisteredAssumedAndRefusedIsFoundNowhere() throws Exception {
        String role = "arn:aws:iam::111122223333:role/reader";
        try (var store = StubS3.start(StubOptions.TESTS.checkingSignatures(), "partner");
                var sts = StubSts.of(store)) {
            sts.trust(role, SECRET);
            try (Wharf wharf = start(Map.of(
                    "wharf.data-dir",
                    folder.toString(),
                    "wharf.limits.iam-roles",
                    "true",
                    "wharf.connections.sts-endpoint",
                    sts.endpoint().toString()))) {
                var api = new Api(wharf.api(), token(wharf));
                Map<String, Object> body = new HashMap<>(connection());
                body.put("credentialType", "iamRoleArn");
                body.put("params", Map.of("endpoint", store.endpoint().toString()));
                body.put(
                        "credentials",
                        List.of(Map.of(
                                "iamRoleArn",
                                role,
                                "externalId",
                                SECRET,
                                "key",
                                store.accessKeyId(),
                                "secret",
                                store.secretAccessKey())));
                var created = api.post("/v4/connections", body);
                String path = "/v4/connections/" + created.json().path("id");
                String answers = created.text()
                        + api.get(path).text()
                        + api.get(path + "/status").text();
                sts.trust(role, "another");
                answers += api.get(path + "/status").text();

                assertThat(answers)
                        .contains("assumeRole", "allowed", "denied")
                        .doesNotContain(SECRET, store.secretAccessKey(), store.accessKeyId());
                assertThat(jmx()).doesNotContain(SECRET, store.secretAccessKey());
                assertThat(log)
                        .isNotEmpty()
                        .noneMatch(line -> line.contains(SECRET)
                                || line.contains(store.secretAccessKey())
                                || line.contains("secret-of-" + StubSts.session(1))
                                || line.contains("token-of-" + StubSts.session(1)));
            }
            assertThat(files())
                    .isNotEmpty()
                    .noneMatch(text -> text.contains(SECRET) || text.contains(store.secretAccessKey()));
        }
    }

    @Test
    void aPasswordAndATokenThatAreSetUsedAndRefusedAreFoundNowhere() throws Exception {
        String token;
        String pair =
                Base64.getEncoder().encodeToString(("ann@example.com:" + SECRET).getBytes(StandardCharsets.UTF_8));
        try (Wharf wharf = start(Map.of("wharf.data-dir", folder.toString()))) {
            var api = new Api(wharf.api(), token(wharf));
            var person = Map.of("email", "ann@example.com", "name", "Ann", "password", SECRET);
            token = api.post("/v4/apiAccessTokens", Map.of("lifetimeSeconds", -1))
                    .json()
                    .path("tokenValue")
                    .asText();
            var ann = new Api(wharf.api(), null);
            String answers = api.post("/v4/people", person).text()
                    + api.post("/v4/people", person).text()
                    + api.patch("/v4/workspaces/1/people/2", Map.of("password", SECRET))
                            .text()
                    + api.get("/v4/people").text()
                    + ann.send(ann.request("/v4/people/current")
                                    .header("authorization", "Basic " + pair)
                                    .GET())
                            .text()
                    + api.as(token).get("/v4/apiAccessTokens").text()
                    + api.as(token + "x").get("/v4/apiAccessTokens").text();

            assertThat(answers).contains("ann@example.com").doesNotContain(SECRET, token);
            assertThat(jmx()).doesNotContain(SECRET, token);
        }
        assertThat(log)
                .isNotEmpty()
                .noneMatch(line -> line.contains(SECRET) || line.contains(token) || line.contains(pair));
        assertThat(files()).isNotEmpty().noneMatch(text -> text.contains(SECRET) || text.contains(token));
    }

    @Test
    void aTokenOfAnIdentityProviderThatIsTakenAndRefusedIsFoundNowhere() throws Exception {
        String taken;
        String refused;
        try (var provider = new OidcProvider()) {
            var settings = new HashMap<>(provider.settings());
            settings.put("wharf.data-dir", folder.toString());
            taken = provider.sign(provider.claims(Instant.now()).claim("groups", SECRET));
            refused = provider.sign(
                    provider.claims(Instant.now()).audience("another").claim("groups", SECRET));
            try (Wharf wharf = start(settings)) {
                var somebody = new Api(wharf.api(), taken);
                String answers = somebody.get("/v4/people/current").text()
                        + somebody.get("/v4/people").text()
                        + somebody.as(refused).get("/v4/people").text();

                assertThat(answers).contains("example.com", "its aud").doesNotContain(SECRET, taken, refused);
                assertThat(jmx()).doesNotContain(SECRET, taken, refused);
            }
        }
        assertThat(log)
                .isNotEmpty()
                .noneMatch(line -> line.contains(SECRET)
                        || line.contains(taken)
                        || line.contains(refused)
                        || line.contains(taken.split("\\.")[1]));
        assertThat(files()).isNotEmpty().noneMatch(text -> text.contains(SECRET) || text.contains(taken));
    }

    private Map<String, Object> connection() {
        return Map.of(
                "vendor", "aws",
                "vendorName", "aws",
                "type", "remotefile",
                "credentialType", "keySecret",
                "name", "canary",
                "params", Map.of("endpoint", S3.endpoint().toString()),
                "credentials", List.of(Map.of("key", KEY_ID, "secret", SECRET)));
    }

    private static Map<String, Object> baseStorage() {
        return Map.of("workspaceId", 1, "key", KEY_ID, "secret", SECRET);
    }

    private static String jmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder text = new StringBuilder();
        for (ObjectName name : server.queryNames(null, null)) {
            text.append(name).append('\n');
            for (var attribute : server.getMBeanInfo(name).getAttributes()) {
                text.append(attribute(server, name, attribute.getName())).append('\n');
            }
        }
        return text.toString();
    }

    private static Object attribute(MBeanServer server, ObjectName name, String attribute) {
        try {
            return server.getAttribute(name, attribute);
        } catch (Exception e) {
            return e.getMessage();
        }
    }

    /** Every step of every route, and every endpoint that exists by now. */
    private static String routes(Wharf wharf) {
        var context = wharf.camel().getCamelContext();
        var model = context.getCamelContextExtension().getContextPlugin(Model.class);
        return model.getRouteDefinitions().toString() + context.getEndpoints();
    }

    private static String threads() {
        return Arrays.toString(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true));
    }

    private List<String> files() throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).map(SecrecyTest::text).toList();
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
