package dev.wharf.identity;

import dev.wharf.Wharf;
import dev.wharf.testing.OidcProvider;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OidcOnPostgresTest extends OidcContract {
    private static final OidcProvider PROVIDER = new OidcProvider();
    private static PostgresService service;

    @BeforeAll
    static void open() throws IOException {
        service = new PostgresService(PROVIDER.settings());
    }

    @AfterAll
    static void close() throws IOException {
        service.close();
        PROVIDER.close();
    }

    @Override
    OidcProvider provider() {
        return PROVIDER;
    }

    @Override
    Wharf service() {
        return service.wharf();
    }
}
