package dev.wharf.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.http.contract.HttpOperation;
import dev.wharf.kernel.http.contract.HttpOperation.Body;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What is told at the start of a method that cannot be the operation that it claims. */
class OperationsTest {
    private static final Caller CALLER = new Caller(1, 2, 3, "p@example.com", Set.of());

    /** What is asked for. */
    public record Wish(String name) implements RequestBody {}

    /** An operation that takes all there is. */
    public static final class Whole {
        @Operation("renameThing")
        public String rename(Caller caller, long id, String part, Wish wish, Query query, String executionId) {
            if (wish.name().isEmpty()) {
                throw ProblemException.invalid("name", "must not be empty");
            }
            return caller.email() + " " + id + " " + part + " " + wish.name() + " " + query.require("q") + " "
                    + executionId;
        }
    }

    public static final class AnotherWhole {
        @Operation("renameThing")
        public void again(long id, String part, Wish wish) {}
    }

    public static final class TextForNumber {
        @Operation("renameThing")
        public void rename(String id, String part, Wish wish) {}
    }

    public static final class Unnamed {
        @Operation("renameThing")
        public void rename(long id, String part, String parts, Wish wish) {}
    }

    public static final class Deaf {
        @Operation("renameThing")
        public void rename(long id) {}
    }

    public static final class Unpromised {
        @Operation("forgetThing")
        public void forget(long id) {}
    }

    private static final HttpOperation PROMISED = new HttpOperation(
            "renameThing",
            "PUT",
            "/things/{id}/{part}",
            Map.of("id", true, "part", false),
            Set.of("q"),
            Set.of(),
            Set.of("x-execution-id"),
            Body.JSON,
            200,
            false,
            Set.of("application/json"),
            false);

    private static Operations operations(Object... beans) {
        return new Operations(List.of(PROMISED), List.of(beans));
    }

    private static Object called(String body) throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.getTypeConverterRegistry().addFallbackTypeConverter(new RequestConverter(), false);
            context.start();
            Exchange exchange = new DefaultExchange(context);
            exchange.setVariable("caller", CALLER);
            exchange.setVariable("query", Query.parse("q=1"));
            exchange.setVariable("id", 7L);
            exchange.setVariable("part", "${sysenv.HOME}");
            exchange.getMessage().setHeader("x-execution-id", "once");
            exchange.getMessage().setBody(body.getBytes(UTF_8));
            operations(new Whole()).method("renameThing").process(exchange);
            return exchange.getMessage().getBody();
        }
    }

    @Test
    void aMethodGetsWhatItNamesOfTheRequest() throws Exception {
        assertThat(called("{\"name\":\"n\"}")).isEqualTo("p@example.com 7 ${sysenv.HOME} n 1 once");
    }

    @Test
    void whatTheMethodAndTheRecordRefuseComesAsItIs() {
        assertThatThrownBy(() -> called("{\"name\":\"\"}"))
                .isInstanceOf(ProblemException.class)
                .hasMessage("name must not be empty");
        assertThatThrownBy(() -> called("{\"nmae\":\"n\"}"))
                .rootCause()
                .isInstanceOf(ProblemException.class)
                .hasMessage("nmae is not known here; did you mean name?");
    }

    @Test
    void aParameterThatNoRequestHasIsToldWithItsMethod() {
        assertThatThrownBy(() -> operations(new Unnamed()))
                .hasMessageContaining("OperationsTest$Unnamed.rename: the parameter String parts")
                .hasMessageContaining("renameThing");
        assertThatThrownBy(() -> operations(new TextForNumber()))
                .hasMessageContaining("OperationsTest$TextForNumber.rename: the parameter String id");
    }

    @Test
    void whatIsSentAndTakenByNobodyIsToldWithTheMethod() {
        assertThatThrownBy(() -> operations(new Deaf()))
                .hasMessageContaining(
                        "OperationsTest$Deaf.rename takes nothing of what renameThing is sent: part, the body");
    }

    @Test
    void anOperationIsCarriedOutByOne() {
        assertThatThrownBy(() -> operations(new Whole(), new AnotherWhole()))
                .hasMessageContaining("OperationsTest$Whole.rename")
                .hasMessageContaining("OperationsTest$AnotherWhole.again")
                .hasMessageContaining("renameThing");
        assertThatThrownBy(() -> operations(new Whole()).requireRoutes(Set.of("direct:renameThing")))
                .hasMessageContaining("OperationsTest$Whole.rename")
                .hasMessageContaining("direct:renameThing as well");
        operations(new Whole()).requireRoutes(Set.of());
    }

    @Test
    void anOperationThatNothingCarriesOutIsTold() {
        assertThatThrownBy(() -> operations().requireRoutes(Set.of("direct:other")))
                .hasMessage("The operation renameThing of openapi.yaml has neither a route direct:renameThing in"
                        + " routes/ nor a method");
        operations().requireRoutes(Set.of("direct:renameThing"));
    }

    @Test
    void whatTheContractDoesNotPromiseIsTold() {
        assertThatThrownBy(() -> operations(new Unpromised()))
                .hasMessageContaining("Unpromised.forget")
                .hasMessageContaining("no operation forgetThing in openapi.yaml");
    }
}
