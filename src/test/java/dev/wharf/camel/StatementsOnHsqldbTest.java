package dev.wharf.camel;

import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.Databases;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class StatementsOnHsqldbTest extends StatementsContract {
    private static Database database;

    @BeforeAll
    static void open() {
        var settings = new Settings.Registry(
                "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc",
                "sa",
                Secret.NONE,
                0,
                0,
                Duration.ofSeconds(30));
        database = Databases.open(settings, null);
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
