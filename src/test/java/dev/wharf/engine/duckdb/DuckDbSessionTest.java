package dev.wharf.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.file.EngineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbSessionTest {
    @TempDir
    Path temporary;

    private Path folder;
    private DuckDbSession session;

    @BeforeEach
    void open() throws Exception {
        folder = Files.createDirectories(temporary.resolve("it's [a] \\ *run?"));
        Files.writeString(folder.resolve("000001.csv"), "a\n1\n");
        Files.writeString(temporary.resolve("outside.csv"), "secret\n1\n");
        Files.createSymbolicLink(folder.resolve("link.csv"), temporary.resolve("outside.csv"));
        Files.createSymbolicLink(folder.resolve("linked"), temporary);
        session = new DuckDbSession(folder, EngineSettings.defaults());
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
    }

    @Test
    void readsAndWritesInTheFolderOfTheRun() throws Exception {
        session.execute("COPY (SELECT * FROM read_csv(" + path("000001.csv") + ")) TO " + path("copy.csv"));

        assertThat(folder.resolve("copy.csv")).content().isEqualTo("a\n1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.csv", "link.csv", "linked/outside.csv", "/etc/hostname"})
    void readsNothingOutsideTheFolder(String path) {
        assertRefused("SELECT * FROM read_text(" + path(path) + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('http://127.0.0.1:1/a.csv')",
                "SELECT * FROM read_parquet('s3://bucket/a.parquet')",
                "SELECT * FROM glob('/etc/*')",
                "ATTACH '/tmp/outside.db'",
                "COPY (SELECT 1) TO '/tmp/outside.csv'",
                "EXPORT DATABASE '/tmp/outside'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "LOAD '/tmp/some.duckdb_extension'",
                "SET enable_external_access = true",
                "SET allowed_directories = ['/']",
                "SET memory_limit = '100GB'",
                "RESET lock_configuration"
            })
    void refusesEveryOtherWayOut(String sql) {
        assertRefused(sql);
    }

    @Test
    void aLinkedFolderIsTheFolderItPointsTo() throws Exception {
        var link = Files.createSymbolicLink(temporary.resolve("link"), folder);
        try (var linked = new DuckDbSession(link, EngineSettings.defaults())) {
            assertThat(linked.query("SELECT count(*) FROM read_text(" + path("000001.csv") + ")"))
                    .hasSize(1);
            assertThatThrownBy(() -> linked.query("SELECT * FROM read_text(" + path("../outside.csv") + ")"))
                    .isInstanceOf(SQLException.class);
        }
    }

    private void assertRefused(String sql) {
        assertThatThrownBy(() -> session.execute(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(Permission Error|configuration has been locked|Cannot change).*");
    }

    private String path(String path) {
        return SqlText.text(folder.resolve(path).toString());
    }
}
