package dev.wharf.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How routes name and fill SQL, whatever each of them does. */
class StatementsOfRoutesTest {
    private static final Pattern USE = Pattern.compile("\\bsql:[^\"'\\s,}]*|(?<=uri: )\"?sql\"?(?=[\\s,}])");
    private static final Pattern IN_A_FILE = Pattern.compile("sql:classpath:(sql/[a-z0-9]+/[a-z0-9-]+\\.sql)");
    private static final Pattern STATEMENT_IN_AN_OPTION =
            Pattern.compile("\\b(onConsume\\w*|query|useMessageBodyForSql|allowNamedParameters|placeholder)\\s*:");
    private static final Pattern ANY_PARAMETER = Pattern.compile("#|\\?|(?<![:\\w]):\\w");
    private static final Pattern VARIABLE = Pattern.compile(":#(in:)?\\$\\{variable\\.\\w+(\\.\\w+)*}");

    /** What is wrong with a text of routes. */
    private static List<String> faults(String text) {
        var faults = new ArrayList<String>();
        String yaml = text.replaceAll("(?m)^\\s*#.*$", "");
        for (var use = USE.matcher(yaml); use.find(); ) {
            var file = IN_A_FILE.matcher(use.group());
            if (!file.matches()) {
                faults.add(use.group() + " is no sql:classpath:sql/<owner>/<name>.sql");
            } else {
                faults.addAll(faultsOfStatement(file.group(1)));
            }
        }
        if (USE.matcher(yaml).find()) {
            STATEMENT_IN_AN_OPTION
                    .matcher(yaml)
                    .results()
                    .forEach(option -> faults.add(option.group() + " holds SQL, or changes how it is read"));
        }
        return faults;
    }

    private static List<String> faultsOfStatement(String name) {
        try (var in = StatementsOfRoutesTest.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                return List.of(name + " is not there");
            }
            return faultsOfSql(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return List.of(name + ": " + e);
        }
    }

    private static List<String> faultsOfSql(String name, String sql) {
        String rest = VARIABLE.matcher(sql).replaceAll("");
        return ANY_PARAMETER.matcher(rest).find()
                ? List.of(name + " has a parameter that is not :#${variable.x}: " + rest.strip())
                : List.of();
    }

    @Test
    void routesBindVariablesOnlyAndStatementsStandInFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                assertThat(faults(Files.readString(file))).as(file.toString()).isEmpty();
            }
        }
    }

    @Test
    void whatIsForbiddenIsSeen() {
        assertThat(faults("- to: {uri: \"sql:classpath:sql/test/find.sql\"}")).isEmpty();
        assertThat(faults("- to: \"sql:SELECT 1\"")).hasSize(1);
        assertThat(faults("- to: {uri: sql, parameters: {query: \"SELECT 1\"}}"))
                .hasSize(2);
        assertThat(faults("- to: {uri: \"sql:classpath:sql/test/none.sql\"}")).hasSize(1);
        assertThat(faults("from: {uri: \"sql:classpath:sql/test/find.sql\", parameters: {onConsume: \"x\"}}"))
                .hasSize(1);
        assertThat(faultsOfSql("a", "WHERE id = :#id")).hasSize(1);
        assertThat(faultsOfSql("a", "WHERE id = :id")).hasSize(1);
        assertThat(faultsOfSql("a", "WHERE id = #")).hasSize(1);
        assertThat(faultsOfSql("a", "WHERE id = :#${body}")).hasSize(1);
        assertThat(faultsOfSql("a", "WHERE id = :#${variable.x} AND y::text IN (:#in:${variable.a.names})"))
                .isEmpty();
    }
}
