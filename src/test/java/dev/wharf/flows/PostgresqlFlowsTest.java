package dev.wharf.flows;

import dev.wharf.kernel.sql.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresqlFlowsTest extends FlowsContract {
    private static EmbeddedPostgres server;
    private static Database database;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
        database = upgraded(server.getJdbcUrl("postgres", "postgres"), "postgres");
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        server.close();
    }

    @Override
    Database database() {
        return database;
    }
}
