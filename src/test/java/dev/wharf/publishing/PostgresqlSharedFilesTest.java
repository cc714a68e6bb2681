package dev.wharf.publishing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

class PostgresqlSharedFilesTest extends SharedFilesContract {
    private EmbeddedPostgres server;

    @Override
    String database() throws IOException {
        server = EmbeddedPostgres.start();
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    String user() {
        return "postgres";
    }

    @Override
    @AfterAll
    void close() throws IOException {
        super.close();
        server.close();
    }
}
