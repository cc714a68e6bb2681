package dev.wharf;

import dev.wharf.testing.api.Api;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MainJobOnPostgresTest extends MainJobContract {
    private static EmbeddedPostgres postgres;
    private static String baseBucket;
    private static Wharf wharf;
    private static Api api;

    @BeforeAll
    static void open() throws IOException {
        postgres = EmbeddedPostgres.start();
        baseBucket = newBucket();
        wharf = start(Map.of(
                "wharf.registry.url",
                postgres.getJdbcUrl("postgres", "postgres"),
                "wharf.registry.user",
                "postgres",
                "wharf.storage.bucket",
                baseBucket));
        api = new Api(wharf.api(), token(wharf));
    }

    @AfterAll
    static void close() throws IOException {
        wharf.close();
        postgres.close();
    }

    @Override
    String baseBucket() {
        return baseBucket;
    }

    @Override
    Api api() {
        return api;
    }
}
