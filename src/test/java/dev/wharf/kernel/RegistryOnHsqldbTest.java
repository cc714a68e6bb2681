package dev.wharf.kernel;

import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.Databases;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RegistryOnHsqldbTest extends RegistryContract {
    private static Database database;

    @BeforeAll
    static void open() {
        database = Databases.open(settings("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc", "sa"), null);
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
