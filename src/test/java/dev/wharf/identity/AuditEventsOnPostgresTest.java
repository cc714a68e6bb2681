package dev.wharf.identity;

import dev.wharf.testing.Api;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class AuditEventsOnPostgresTest extends AuditEventsContract {
    private static PostgresService service;

    @BeforeAll
    static void open() throws IOException {
        service = new PostgresService();
    }

    @AfterAll
    static void close() throws IOException {
        service.close();
    }

    @Override
    Api api() {
        return service.administrator();
    }

    @Override
    URI files() {
        return service.wharf().files();
    }
}
