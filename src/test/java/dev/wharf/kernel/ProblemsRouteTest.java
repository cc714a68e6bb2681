package dev.wharf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wharf.kernel.http.ProblemResponder;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.testing.RouteTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the named configurations make of a failure, whatever route it is in. */
class ProblemsRouteTest extends RouteTest {
    private final List<String> steps = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger wharf = (Logger) LoggerFactory.getLogger("dev.wharf");
    private Exception failure = new ProblemException(Problem.NOT_FOUND, "There is no connection 7");

    @BeforeEach
    void listen() {
        log.start();
        wharf.setLevel(Level.INFO);
        wharf.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        wharf.detachAppender(log);
        wharf.setLevel(null);
    }

    @Override
    protected void bindOutside(Registry registry) {
        var responder = new ProblemResponder();
        Processor counted = exchange -> {
            steps.add("answer");
            responder.process(exchange);
        };
        Processor fail = exchange -> {
            steps.add("fail");
            throw failure;
        };
        Processor goOn = exchange -> steps.add("go on");
        registry.bind("problemResponder", Processor.class, counted);
        registry.bind("fail", Processor.class, fail);
        registry.bind("goOn", Processor.class, goOn);
    }

    @Override
    protected String yaml() {
        return """
                - route:
                    id: operation
                    routeConfigurationId: problems
                    from:
                      uri: direct:operation
                      steps:
                        - to: {uri: direct:part}
                        - process: {ref: goOn}
                - route:
                    id: part
                    routeConfigurationId: problems
                    from:
                      uri: direct:part
                      steps:
                        - process: {ref: fail}
                        - process: {ref: goOn}
                - route:
                    id: message
                    routeConfigurationId: jobs
                    from:
                      uri: direct:message
                      steps:
                        - setVariable: {name: subject, constant: {expression: "job 12"}}
                        - process: {ref: fail}
                        - process: {ref: goOn}
                - route:
                    id: poll
                    routeConfigurationId: polls
                    from:
                      uri: direct:poll
                      steps:
                        - process: {ref: fail}
                        - process: {ref: goOn}
                - route:
                    id: none
                    from:
                      uri: direct:none
                      steps:
                        - process: {ref: fail}
                """;
    }

    private Exchange send(String route, Map<String, Object> headers) {
        return template.send("direct:" + route, exchange -> {
            exchange.getMessage().setHeaders(headers);
            exchange.getMessage().setBody("${sysenv.HOME}");
        });
    }

    private List<String> lines(String logger) {
        return log.list.stream()
                .filter(event -> event.getLoggerName().equals(logger))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void aFailureInAPartIsAnsweredOnceAndNothingGoesOnBehindIt() {
        var exchange = send("operation", Map.of("x-sent", "by the caller"));

        assertThat(exchange.getException()).isNull();
        assertThat(steps).containsExactly("fail", "answer");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(Exchange.HTTP_RESPONSE_CODE, 404)
                .containsEntry(Exchange.CONTENT_TYPE, "application/problem+json")
                .doesNotContainKey("x-sent");
        assertThat(exchange.getMessage().getBody(String.class))
                .contains("\"detail\":\"There is no connection 7\"", "\"exception\":{");
    }

    @Test
    void aMessageThatFailsComesAgainAndSaysWhyInOneLineEachTime() {
        failure = new IllegalStateException("the store is away: ${sysenv.HOME}");

        for (int delivery = 1; delivery <= 2; delivery++) {
            assertThat(send("message", Map.of("JMSXDeliveryCount", delivery)).getException())
                    .as("what the broker sees, which then delivers it again")
                    .isSameAs(failure);
        }

        assertThat(steps).containsExactly("fail", "fail");
        assertThat(lines("dev.wharf.jobs"))
                .containsExactly(
                        "message job 12 failed, delivery 1: the store is away: ${sysenv.HOME}",
                        "message job 12 failed, delivery 2: the store is away: ${sysenv.HOME}");
    }

    @Test
    void aPollThatFailsSaysWhyAndTheNextOneIsTried() {
        failure = new IllegalStateException("no room");

        assertThat(send("poll", Map.of()).getException()).isNull();
        assertThat(send("poll", Map.of()).getException()).isNull();

        assertThat(steps).containsExactly("fail", "fail");
        assertThat(lines("dev.wharf.polls")).containsExactly("poll failed: no room", "poll failed: no room");
    }

    @Test
    void ofARegistryThatIsAwayPollsSayNothingMore() {
        failure = new SQLException("away", "08001");
        wharf.setLevel(Level.DEBUG);

        assertThat(send("poll", Map.of()).getException()).isNull();

        assertThat(log.list)
                .filteredOn(event -> event.getLoggerName().equals("dev.wharf.polls"))
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.DEBUG);
    }

    @Test
    void aRouteThatNamesNoneHasNone() {
        assertThat(send("none", Map.of()).getException()).isSameAs(failure);
        assertThat(steps).containsExactly("fail");
    }
}
