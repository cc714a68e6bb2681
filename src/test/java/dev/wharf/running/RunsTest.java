package dev.wharf.running;

import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.Databases;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

class RunsTest extends RunsContract {
    private final Database database = Databases.open(
            new Settings.Registry("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc", "sa", Secret.NONE), null);

    @Override
    Database database() {
        return database;
    }

    @AfterEach
    void close() {
        database.close();
    }
}
