package dev.wharf.publishing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresqlSharedFilesTest extends SharedFilesContract {
    private EmbeddedPostgres server;
    private int databases;

    @BeforeAll
    void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    @Override
    String database() {
        String name = "registry" + ++databases;
        JdbcClient.create(server.getPostgresDatabase())
                .sql("CREATE DATABASE " + name)
                .update();
        return server.getJdbcUrl("postgres", name);
    }

    @Override
    String user() {
        return "postgres";
    }
}
