package dev.wharf.identity.tokens;

import dev.wharf.identity.PostgresService;
import dev.wharf.testing.api.Api;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTokensOnPostgresTest extends AccessTokensContract {
    @RegisterExtension
    private static final PostgresService SERVICE = new PostgresService();

    @Override
    Api api() {
        return SERVICE.administrator();
    }
}
