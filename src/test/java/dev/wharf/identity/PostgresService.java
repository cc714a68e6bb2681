package dev.wharf.identity;

import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A service whose registry is in PostgreSQL, for the tests of one class. */
public final class PostgresService extends WharfTest implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> settings;
    private EmbeddedPostgres postgres;
    private Wharf wharf;

    public PostgresService() {
        this(Map.of());
    }

    public PostgresService(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        postgres = EmbeddedPostgres.start();
        var all = new HashMap<>(settings);
        all.put("wharf.registry.url", postgres.getJdbcUrl("postgres", "postgres"));
        all.put("wharf.registry.user", "postgres");
        wharf = start(all);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (wharf != null) {
            wharf.close();
        }
        postgres.close();
    }

    public Wharf wharf() {
        return wharf;
    }

    public Api administrator() {
        return new Api(wharf.api(), token(wharf));
    }
}
