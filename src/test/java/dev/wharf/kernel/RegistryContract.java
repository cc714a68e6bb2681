package dev.wharf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Outbox;
import dev.wharf.kernel.sql.OutboxMessage;
import dev.wharf.kernel.sql.Sql;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What no caller can do to the registry, whichever it is. */
abstract class RegistryContract {
    private static final int ROWS = 300;

    /** Opened, with a limit of a second for each statement. */
    abstract Database database();

    /** Settings for {@link #database}. */
    static Settings.Registry settings(String url, String user) {
        return new Settings.Registry(url, user, Secret.NONE, 0, 0, Duration.ofSeconds(1));
    }

    private void write(String name, String value) {
        database()
                .sql("kernel/insert-setting")
                .param("name", name)
                .param("value", value)
                .update();
    }

    private List<String> found(String table, String filter, String type) {
        var query = ListQuery.of(
                Query.parse("filter="
                        + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20") + "&filterType="
                        + type),
                "value",
                Map.of("value", "setting_value"),
                Map.of("id", "id"));
        return JdbcClient.create(database().dataSource())
                .sql(query.rows("SELECT name AS id, setting_value FROM setting WHERE name LIKE '" + table + "%'"))
                .params(query.params())
                .param("limit", ROWS)
                .param("offset", 0)
                .query((row, number) -> row.getString("id"))
                .list();
    }

    @Test
    void aFuzzyFilterFindsTheCharactersInTheirOrderWhateverTheyAre() {
        write("fuzzy 1", "Sales ]^\\-[&&b] %_! \uD83D\uDE00 of\nMay");
        write("fuzzy 2", "   ");

        for (String filter : List.of("sm", "SALES", "]^\\-[&&b]", "\\[", "%!", "_", "s\uD83D\uDE00y", "s\nm", "S")) {
            assertThat(found("fuzzy", filter, "fuzzy")).as(filter).containsExactly("fuzzy 1");
        }
        for (String filter : List.of("ms", "\uD83D\uDE01", "x", "[\\", "sss")) {
            assertThat(found("fuzzy", filter, "fuzzy")).as(filter).isEmpty();
        }
        assertThat(found("fuzzy", " ", "fuzzy")).containsExactly("fuzzy 1", "fuzzy 2");
        assertThatThrownBy(() -> found("fuzzy", "a".repeat(256), "fuzzy"))
                .hasMessageStartingWith("filter must have at most 255 characters");
    }

    @Test
    void theOtherFiltersTakeEveryCharacterForItself() {
        write("plain 1", "50%_of [Sales]");

        for (String filter : List.of("0%_O", "[sal", "50%_of [sales]")) {
            assertThat(found("plain", filter, "contains")).as(filter).containsExactly("plain 1");
        }
        assertThat(found("plain", "50_", "contains")).isEmpty();
        assertThat(found("plain", "50%", "exact")).isEmpty();
        assertThat(found("plain", "50%_of [Sales]", "exact")).containsExactly("plain 1");
        assertThat(found("plain", "50%_of [sales]", "exact")).isEmpty();
        assertThat(found("plain", "50%_OF [SALES]", "exactIgnoreCase")).containsExactly("plain 1");
    }

    @Test
    @Timeout(60)
    void noFilterTakesLongerThanReadingTheTexts() {
        for (int row = 0; row < ROWS; row++) {
            write("long " + row, "a".repeat(255));
        }

        for (String filter : List.of("aaab", "a".repeat(254) + "b", "aaaaaaaaaaaaaaaaaaaaab")) {
            assertThat(found("long", filter, "fuzzy")).isEmpty();
            assertThat(found("long", filter, "contains")).isEmpty();
        }
        assertThat(found("long", "a".repeat(255), "fuzzy")).hasSize(ROWS);
    }

    @Test
    @Timeout(60)
    void aStatementThatTakesTooLongIsStoppedAndItsCallerToldToTryAgain() {
        for (int row = 0; row < ROWS; row++) {
            write("slow " + row, "x");
        }
        var endless = JdbcClient.create(database().dataSource())
                .sql("SELECT COUNT(*) FROM setting a, setting b, setting c, setting d"
                        + " WHERE a.name || b.name || c.name < d.name");

        assertThatThrownBy(() -> endless.query(Long.class).single()).satisfies(failure -> {
            ProblemException problem = Problems.of(failure);
            assertThat(problem.problem()).isEqualTo(Problem.UNAVAILABLE);
            assertThat(problem.detail()).startsWith("The registry took longer than wharf.registry.statement-timeout");
        });
    }

    @Test
    void eachMessageOfTheOutboxIsHandedOutToOneOfManySenders() {
        var outbox = new Outbox(database(), Clock.systemUTC());
        for (int number = 0; number < 100; number++) {
            outbox.put(new OutboxMessage("message " + number, "publishing.events", "{}"));
        }
        String handOut =
                Sql.of("kernel/hand-out-outbox-messages").replaceAll(":#\\$\\{variable\\.times\\.(\\w+)}", ":$1");
        var client = JdbcClient.create(database().dataSource());

        int handedOut = IntStream.range(0, 200)
                .parallel()
                .map(sender -> client.sql(handOut).paramSource(outbox.times()).update())
                .sum();

        assertThat(handedOut).isEqualTo(100);
        assertThat(client.sql("SELECT COUNT(*) FROM outbox_message WHERE handed_to IS NULL")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
