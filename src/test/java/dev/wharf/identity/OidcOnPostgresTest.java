package dev.wharf.identity;

import dev.wharf.Wharf;
import dev.wharf.testing.api.OidcProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;

class OidcOnPostgresTest extends OidcContract {
    private static final OidcProvider PROVIDER = new OidcProvider();

    @RegisterExtension
    private static final PostgresService SERVICE = new PostgresService(PROVIDER.settings());

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Override
    OidcProvider provider() {
        return PROVIDER;
    }

    @Override
    Wharf service() {
        return SERVICE.wharf();
    }
}
