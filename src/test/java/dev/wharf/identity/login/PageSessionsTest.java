package dev.wharf.identity.login;

import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.Databases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PageSessionsTest extends PageSessionsContract {
    private static Database database;

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }
}
