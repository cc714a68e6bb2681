package dev.wharf.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.RouteTest;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** What {@code sql:} does in our routes, on a registry as the service has it. */
abstract class StatementsContract extends RouteTest {
    /** What routes make of a row of {@code setting}. */
    public record Setting(String name, String settingValue) {}

    private final String name = "statement " + UUID.randomUUID();

    abstract Database database();

    @Override
    protected void bindOutside(Registry registry) {
        registry.bind("dataSource", database().dataSource());
        registry.bind("records", new Records());
        registry.bind("variablesInSql", new VariablesInSql());
    }

    @Override
    protected String yaml() {
        return """
                - route:
                    id: find
                    from:
                      uri: direct:find
                      steps:
                        - to:
                            uri: sql:classpath:sql/test/find.sql
                            parameters: {outputType: SelectOne, outputClass: "dev.wharf.camel.StatementsContract$Setting"}
                            variableReceive: found
                - route:
                    id: insert
                    from:
                      uri: direct:insert
                      steps:
                        - to: {uri: "sql:classpath:sql/test/insert.sql", parameters: {noop: true}}
                - route:
                    id: claim
                    from:
                      uri: direct:claim
                      steps:
                        - to: {uri: "sql:classpath:sql/test/claim.sql", parameters: {noop: true}}
                        - filter:
                            simple: {expression: "${header.CamelSqlUpdateCount} == 1"}
                            steps:
                              - setVariable: {name: claimed, constant: {expression: "yes"}}
                - route:
                    id: byName
                    from:
                      uri: direct:byName
                      steps:
                        - to: {uri: "sql:SELECT setting_value FROM setting WHERE name = :#name"}
                - route:
                    id: byBody
                    from:
                      uri: direct:byBody
                      steps:
                        - to: {uri: "sql:SELECT setting_value FROM setting WHERE name = #"}
                """;
    }

    private Exchange run(String route, Map<String, Object> variables) {
        return template.send("direct:" + route, exchange -> {
            variables.forEach(exchange::setVariable);
            // What a caller could send under the same names, which must not matter.
            exchange.getMessage().setHeader("name", "a caller's");
            exchange.getMessage().setBody(Map.of("name", "a caller's"));
        });
    }

    private Setting found(String name) {
        var exchange = run("find", Map.of("name", name));
        assertThat(exchange.getException()).isNull();
        return exchange.getVariable("found", Setting.class);
    }

    private void insert(String value) {
        var exchange = run("insert", Map.of("setting", new Setting(name, value)));
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void aRowBecomesARecordAndNoRowNothing() {
        insert("value");

        assertThat(found(name)).isEqualTo(new Setting(name, "value"));
        assertThat(found("no such name")).isNull();
    }

    @Test
    void whatIsInsertedComesFromARecordAndTheBodyStays() {
        var exchange = run("insert", Map.of("setting", new Setting(name, "value")));

        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("name", "a caller's"));
        assertThat(exchange.getMessage().getHeader("CamelSqlUpdateCount")).isEqualTo(1);
    }

    @Test
    void valuesStayText() {
        String value = "${sysenv.HOME} {{x}} :#name :#${variable.name} '; DROP TABLE setting; -- ? #";

        insert(value);

        assertThat(found(name).settingValue()).isEqualTo(value);
    }

    @Test
    void ofTwoThatClaimOneHasIt() {
        insert("NEW");

        assertThat(run("claim", Map.of("name", name)).getVariable("claimed")).isEqualTo("yes");
        assertThat(run("claim", Map.of("name", name)).getVariable("claimed")).isNull();
        assertThat(found(name).settingValue()).isEqualTo("TAKEN");
    }

    @Test
    void aVariableThatIsMissingIsAMistakeOfTheRouteAndNotNull() {
        assertThat(run("find", Map.of()).getException())
                .hasMessageStartingWith("The variable name is not set, which is a parameter of: ");
        assertThat(run("insert", Map.of("name", "x")).getException())
                .hasMessageStartingWith("The variable setting is not set");
    }

    @Test
    void whatCallersFillIsNeverBound() {
        assertThat(run("byName", Map.of("name", name)).getException())
                .hasMessageStartingWith("The parameter name is no variable: write :#${variable.x}");
        assertThat(run("byBody", Map.of("name", name)).getException())
                .hasMessageStartingWith("A # or ? alone would be taken from the body");
    }

    @Test
    void aStatementThatComesWithTheMessageIsNotTaken() {
        var exchange = template.send("direct:find", sent -> {
            sent.setVariable("name", name);
            sent.getMessage().setHeader("CamelSqlQuery", "DELETE FROM setting");
        });

        assertThat(exchange.getException()).hasMessageStartingWith("The header CamelSqlQuery is not taken");
    }
}
