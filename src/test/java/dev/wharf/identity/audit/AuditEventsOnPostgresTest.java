package dev.wharf.identity.audit;

import dev.wharf.identity.PostgresService;
import dev.wharf.testing.api.Api;
import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditEventsOnPostgresTest extends AuditEventsContract {
    @RegisterExtension
    private static final PostgresService SERVICE = new PostgresService();

    @Override
    Api api() {
        return SERVICE.administrator();
    }

    @Override
    URI files() {
        return SERVICE.wharf().files();
    }
}
