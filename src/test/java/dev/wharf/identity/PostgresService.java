package dev.wharf.identity;

import dev.wharf.Wharf;
import dev.wharf.testing.Api;
import dev.wharf.testing.WharfTest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;

/** A service whose registry is in PostgreSQL. */
final class PostgresService extends WharfTest implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final Wharf wharf;

    PostgresService() throws IOException {
        postgres = EmbeddedPostgres.start();
        wharf = start(Map.of(
                "wharf.registry.url", postgres.getJdbcUrl("postgres", "postgres"), "wharf.registry.user", "postgres"));
    }

    Wharf wharf() {
        return wharf;
    }

    Api administrator() {
        return new Api(wharf.api(), token(wharf));
    }

    @Override
    public void close() throws IOException {
        wharf.close();
        postgres.close();
    }
}
