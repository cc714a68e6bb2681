package dev.wharf.identity;

import dev.wharf.Wharf;
import dev.wharf.testing.Api;
import dev.wharf.testing.WharfTest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A service whose registry is in PostgreSQL. */
final class PostgresService extends WharfTest implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final Wharf wharf;

    PostgresService() throws IOException {
        this(Map.of());
    }

    PostgresService(Map<String, String> settings) throws IOException {
        postgres = EmbeddedPostgres.start();
        var all = new HashMap<>(settings);
        all.put("wharf.registry.url", postgres.getJdbcUrl("postgres", "postgres"));
        all.put("wharf.registry.user", "postgres");
        wharf = start(all);
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
