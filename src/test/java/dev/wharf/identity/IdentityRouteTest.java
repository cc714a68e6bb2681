package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Query;
import dev.wharf.testing.RouteTest;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written down from time to time, and how the audit trail is shown, without a service. */
class IdentityRouteTest extends RouteTest {
    private final List<String> calls = new ArrayList<>();
    private RuntimeException failure;

    IdentityRouteTest() {
        super("identity");
    }

    /** What requests have noted. */
    public final class Notes {
        private final String name;

        private Notes(String name) {
            this.name = name;
        }

        public void sweep() {
            write();
        }

        public void write() {
            calls.add(name);
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Shows events in both ways. */
    public final class Events {
        public String list(Caller caller, Query query) {
            return "a page";
        }

        public void stream(Caller caller, Query query, Answer answer) {
            calls.add("stream");
        }
    }

    @Override
    protected void bindOutside(Registry registry) {
        registry.bind("tokenUses", new Notes("token uses"));
        registry.bind("sessionUses", new Notes("session uses"));
        registry.bind("sessions", new Notes("ended sessions"));
        registry.bind("auditTrail", new Notes("events"));
        registry.bind("auditEvents", new Events());
    }

    /** The route at its next time, whenever the test wants it. */
    private Exchange next(String route) throws Exception {
        AdviceWith.adviceWith(context, route, advice -> advice.replaceFromWith("direct:next-" + route));
        calls.clear();
        return template.send("direct:next-" + route, exchange -> {});
    }

    @ParameterizedTest
    @CsvSource({"writeTokenUses, token uses", "sweepSessions, ended sessions", "writeAuditEvents, events"})
    void whatWasNotedIsWrittenAndAFailureDoesNotEndThat(String route, String written) throws Exception {
        assertThat(next(route).getException()).isNull();
        assertThat(calls).contains(written);

        failure = new IllegalStateException("the registry is away");
        calls.clear();
        assertThat(template.send("direct:next-" + route, exchange -> {}).getException())
                .isNull();
        assertThat(calls).contains(written);
        assertThat(context.getRouteController().getRouteStatus(route).isStarted())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,          '',            false",
        "application/x-ndjson,      '',            true",
        "application/json,          format=ndjson, true",
        ",                          format=json,   false"
    })
    void eventsAreAPageUnlessLinesAreAskedFor(String mediaType, String query, boolean lines) {
        var exchange = template.send("direct:listAuditEvents", sent -> {
            sent.setVariable("query", Query.parse(query));
            if (mediaType != null) {
                sent.setVariable("mediaType", mediaType);
            }
        });

        assertThat(exchange.getException()).isNull();
        assertThat(calls.contains("stream")).isEqualTo(lines);
        if (!lines) {
            assertThat(exchange.getMessage().getBody()).isEqualTo("a page");
        }
    }

    @Test
    void theTimersAreThoseOfTheRoutes() {
        assertThat(context.getRoute("writeTokenUses").getEndpoint().getEndpointUri())
                .isEqualTo("timer://writeTokenUses?period=1000");
        assertThat(context.getRoute("writeAuditEvents").getEndpoint().getEndpointUri())
                .as("events of other processes are to be seen within a second")
                .isEqualTo("timer://writeAuditEvents?period=250");
    }
}
