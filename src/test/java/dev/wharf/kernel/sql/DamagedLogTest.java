package dev.wharf.kernel.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.testing.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The embedded registry as a process leaves it that was killed, and what is then wrong with its log. */
class DamagedLogTest {
    private static final int ROWS = 20;

    @TempDir
    private Path folder;

    private Path left;

    private static Settings.Registry registryIn(Path folder) {
        String url = "jdbc:hsqldb:file:" + folder.resolve("registry")
                + ";hsqldb.tx=mvcc;hsqldb.default_table_type=cached;hsqldb.lock_file=false;shutdown=true";
        return new Settings.Registry(url, "sa", Secret.NONE);
    }

    @BeforeEach
    void copyWhatLiesThereWhileItIsOpen() throws IOException {
        Path running = Files.createDirectory(folder.resolve("running"));
        left = Files.createDirectory(folder.resolve("left"));
        try (var database = Databases.open(registryIn(running), null)) {
            var sql = JdbcClient.create(database.dataSource());
            sql.sql("CREATE TABLE kept (number INTEGER)").update();
            for (int i = 0; i < ROWS; i++) {
                sql.sql("INSERT INTO kept VALUES (?)").param(i).update();
            }
            try (var files = Files.list(running)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, left.resolve(file.getFileName()));
                }
            }
        }
    }

    private Path log() {
        return left.resolve("registry.log");
    }

    private int rows() {
        try (var database = Databases.open(registryIn(left), null)) {
            return JdbcClient.create(database.dataSource())
                    .sql("SELECT COUNT(*) FROM kept")
                    .query(Integer.class)
                    .single();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "I", "COMM", "INSERT INTO KEPT VAL", "\0\0\0\0"})
    void aLineThatWasBegunWhenTheProcessWasKilledKeepsNothingBack(String torn) throws IOException {
        Files.writeString(log(), torn, StandardOpenOption.APPEND);

        assertThat(rows()).isEqualTo(ROWS);
    }

    @Test
    void whatStandsBehindADamagedLineIsNotThrownAway() throws IOException {
        List<String> lines = Files.readAllLines(log());
        int damaged = lines.size() - 6;
        String log = String.join("\n", lines.subList(0, damaged)) + "\nINSERT INTO KE\n"
                + String.join("\n", lines.subList(damaged, lines.size())) + "\n";
        Files.writeString(log(), log);

        assertRefused();

        assertThat(Files.readString(log(), UTF_8)).isEqualTo(log);
    }

    @Test
    void anotherRegistryOfTheSameProcessDoesNotEndForIt() throws IOException {
        Files.writeString(log(), "INSERT INTO KE\n", StandardOpenOption.APPEND);
        try (var other = Databases.open(registryIn(Files.createDirectory(folder.resolve("other"))), null)) {
            assertRefused();

            assertThat(other.answers(1)).isTrue();
        }
    }

    private void assertRefused() {
        assertThatThrownBy(this::rows)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining(log().toString());
    }
}
