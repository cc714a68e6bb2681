package dev.wharf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class RegistryOnPostgresTest extends RegistryContract {
    private static final int IDLE_CONNECTIONS = 2; // that the pool keeps

    private static EmbeddedPostgres postgres;
    private static Database database;

    @BeforeAll
    static void open() throws IOException {
        postgres = EmbeddedPostgres.start();
        database = Databases.open(settings(postgres.getJdbcUrl("postgres", "postgres"), "postgres"), null);
    }

    @AfterAll
    static void close() throws IOException {
        database.close();
        postgres.close();
    }

    @Override
    Database database() {
        return database;
    }

    @Test
    void theServerEndsStatementsByItselfAsWell() {
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("SHOW statement_timeout")
                        .query(String.class)
                        .single())
                .isEqualTo("1s");
    }

    @Test
    void onceOneWasToldThatItIsGoneEverybodyIsToldAtOnce() throws IOException {
        var other = EmbeddedPostgres.start();
        try (var gone = Databases.open(settings(other.getJdbcUrl("postgres", "postgres"), "postgres"), null)) {
            assertThat(gone.answers(1)).isTrue();
            other.close();

            Awaitility.await().untilAsserted(() -> isToldThatItIsGone(gone));
            for (int left = 0; left < IDLE_CONNECTIONS; left++) {
                isToldThatItIsGone(
                        gone); // each that is left in the pool may break by itself, before one is asked for in vain
            }
            long begin = System.nanoTime();
            isToldThatItIsGone(gone);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(gone.answers(1)).isFalse();
        }
    }

    private static void isToldThatItIsGone(Database database) {
        assertThatThrownBy(() -> database.sql("kernel/find-setting")
                        .param("name", "x")
                        .query(String.class)
                        .list())
                .satisfies(failure -> assertThat(Problems.of(failure).problem()).isEqualTo(Problem.UNAVAILABLE));
    }
}
