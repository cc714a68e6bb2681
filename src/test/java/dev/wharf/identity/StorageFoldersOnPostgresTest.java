package dev.wharf.identity;

import dev.wharf.Wharf;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class StorageFoldersOnPostgresTest extends StorageFoldersContract {
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
    Wharf service() {
        return service.wharf();
    }
}
