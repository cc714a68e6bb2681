package dev.wharf.deadletters;

import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.Databases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HsqldbDeadLettersTest extends DeadLettersContract {
    private static Database database;

    @BeforeAll
    static void start() {
        database = Databases.inMemory();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }
}
