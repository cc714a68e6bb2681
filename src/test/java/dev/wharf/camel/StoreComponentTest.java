package dev.wharf.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.network.EndpointRules;
import dev.wharf.s3.MemoryLedger;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.Content;
import dev.wharf.store.CopySource;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStores;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import dev.wharf.store.Probe;
import dev.wharf.store.ProbeReport;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import dev.wharf.testing.RouteTest;
import dev.wharf.testing.stub.StubS3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code store:} does, by routes as a designer writes them, in a real store. */
class StoreComponentTest extends RouteTest {
    /** Everything in it that some language evaluates, or that an address would be read by. */
    private static final String KEY = "in/${sysenv.HOME}/{{x}}?a=RAW(b)&c +%2F.csv";

    private static StubS3 s3;
    private static ObjectStores stores;
    private static ObjectStore store;

    @BeforeAll
    static void start() {
        s3 = StubS3.start("bucket");
        stores = new SdkObjectStores(
                new MemoryLedger(), StoreSettings.defaults(), new EndpointRules(List.of("127.0.0.0/8")));
        store = stores.open(s3.access(7L));
    }

    @AfterAll
    static void stop() {
        stores.close();
        s3.close();
    }

    @Override
    protected String yaml() {
        return """
                - route:
                    id: write
                    from:
                      uri: direct:write
                      steps:
                        - to: {uri: "store:write", parameters: {place: upload}, variableReceive: stored}
                - route:
                    id: publish
                    from:
                      uri: direct:publish
                      steps:
                        - to: {uri: store, parameters: {operation: stage}}
                        - setVariable: {name: staged, simple: {expression: "${body}"}}
                        - to: {uri: "store:commit"}
                - route:
                    id: giveUp
                    from:
                      uri: direct:giveUp
                      steps:
                        - to: {uri: "store:stage"}
                        - to: {uri: "store:abort"}
                """;
    }

    /** An upload of a feature's own, as far as a route is concerned. */
    private record Upload(Place place) implements Placed {}

    private static Content content(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Content(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), "text/csv");
    }

    private Exchange run(String uri, Place place, Object body) {
        return template.send(uri, exchange -> {
            exchange.setVariable("place", place);
            exchange.setVariable("upload", new Upload(place));
            exchange.getMessage().setBody(body);
        });
    }

    /** One operation by itself. */
    private <T> T result(String uri, Place place, Object body, Class<T> type) {
        var exchange = run(uri, place, body);
        assertThat(exchange.getException()).isNull();
        return type.cast(exchange.getMessage().getBody());
    }

    private static Place at(String key) {
        return new Place(store, "bucket", key);
    }

    @Test
    void whatIsWrittenIsReceivedByAVariableAndTheKeyStaysText() {
        var body = content("a,b");

        var exchange = run("direct:write", at(KEY), body);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isSameAs(body);
        assertThat(exchange.getVariable("stored", ObjectInfo.class).key()).isEqualTo(KEY);
        assertThat(s3.get("bucket", KEY)).asString().isEqualTo("a,b");
        assertThat(s3.contentType("bucket", KEY)).isEqualTo("text/csv");
        assertThat(result("store:stat", at(KEY), null, ObjectInfo.class).size()).isEqualTo(3);
        assertThat(context.getEndpoints())
                .extracting(Endpoint::getEndpointUri)
                .noneMatch(uri -> uri.contains("HOME") || uri.contains("bucket"));
    }

    @Test
    void whatIsReadIsClosedWithItsExchange() throws IOException {
        s3.put("bucket", "read.csv", "a,b".getBytes(StandardCharsets.UTF_8));
        context.getRegistry().bind("text", (Processor) exchange -> exchange.setVariable(
                "text",
                new String(exchange.getMessage().getBody(ObjectStream.class).readAllBytes(), StandardCharsets.UTF_8)));
        add("direct:read", "store:read", "bean:text");
        var version = result("store:stat", at("read.csv"), null, ObjectInfo.class);

        var exchange = run("direct:read", at("x").at(version), null);

        assertThat(exchange.getVariable("text")).isEqualTo("a,b");
        assertThatThrownBy(exchange.getMessage().getBody(ObjectStream.class)::read)
                .isInstanceOf(IOException.class);
        assertThat(run("store:read", new Place(store, "bucket", "read.csv", "0123"), null)
                        .getException())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CHANGED));
    }

    @Test
    void aCopyIsOfTheVersionThatIsNamed() {
        s3.put("bucket", "from.csv", "abc".getBytes(StandardCharsets.UTF_8));
        var from = result("store:stat", at("from.csv"), null, ObjectInfo.class);
        var source = CopySource.of("bucket", from);

        result("store:copy", at("copied.csv"), source, ObjectInfo.class);
        result("direct:publish", at("staged.csv"), source, ObjectInfo.class);

        assertThat(s3.get("bucket", "copied.csv")).asString().isEqualTo("abc");
        assertThat(s3.get("bucket", "staged.csv")).asString().isEqualTo("abc");
    }

    @Test
    void whatIsStagedIsSeenOnceItIsCommitted() {
        var exchange = run("direct:publish", at("out.csv"), content("a,b"));

        assertThat(exchange.getVariable("staged")).isInstanceOf(StagedObject.class);
        assertThat(exchange.getMessage().getBody(ObjectInfo.class).key()).isEqualTo("out.csv");
        assertThat(s3.get("bucket", "out.csv")).asString().isEqualTo("a,b");
    }

    @Test
    void whatIsGivenUpLeavesNothing() {
        run("direct:giveUp", at("given-up.csv"), content("a,b"));
        run("store:stage", at("lost.csv"), content("a,b"));
        assertThat(s3.uploads("bucket")).containsExactly("lost.csv");

        run("store:abortAll", at("lost.csv"), null);

        assertThat(s3.uploads("bucket")).isEmpty();
        assertThat(s3.keys("bucket")).doesNotContain("given-up.csv", "lost.csv");
    }

    @Test
    void aStoreIsTriedBeforeItIsRegistered() {
        var exchange = template.send(
                "store:probe?place=trial",
                trial -> trial.setVariable(
                        "trial", new Probe(stores, s3.access(null), new ProbeRequest("bucket", "", true))));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(ProbeReport.class).rows()).isNotEmpty();
        assertThat(String.valueOf(exchange.getVariable("trial"))).doesNotContain(s3.secretAccessKey());
    }

    @Test
    void aPlaceThatIsMissingOrSomethingElseIsAMistakeOfTheRoute() {
        assertThat(template.send("store:stat?place=nowhere", exchange -> {}).getException())
                .hasMessage("store://stat?place=nowhere: the variable nowhere must hold a Placed, and holds nothing");
        assertThat(template.send("store:stat", exchange -> exchange.setVariable("place", "s3://bucket/a"))
                        .getException())
                .hasMessageEndingWith("must hold a Placed, and holds a String");
        assertThat(run("store:write", at("a"), "text").getException())
                .hasMessage("store://write: the body must be a Content, and is a String");
    }

    @Test
    void aMistypedOperationOrOptionIsNamedAtTheStart() {
        assertThatThrownBy(() -> add("direct:a", "store:wolk"))
                .hasStackTraceContaining("store: has no operation \"wolk\"; there are walk, stat");
        assertThatThrownBy(() -> add("direct:b", "store:walk?plaec=x")).hasStackTraceContaining("plaec");
        assertThatThrownBy(() -> add("direct:c", "store:walk?order=random")).hasStackTraceContaining("random");
    }

    private void add(String from, String... to) {
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(from).to(to);
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
