package dev.wharf.testing;

import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import java.time.Duration;
import java.util.UUID;

/** Registries without a service around them. */
public final class Databases {
    private Databases() {}

    /** In memory, and of the test's own; to be closed. */
    public static Database inMemory() {
        String url = "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc";
        return open(new Settings.Registry(url, "sa", Secret.NONE, 0, 0, Duration.ofSeconds(30)), null);
    }

    /** Made and opened; to be closed. */
    public static Database open(Settings.Registry settings, DataFolder folder) {
        if (settings.url().isEmpty()) {
            EmptyRegistry.copyInto(folder.path());
        }
        var database = new Database(settings, folder);
        try {
            database.open();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
