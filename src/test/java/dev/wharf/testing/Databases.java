package dev.wharf.testing;

import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;

/** Registries without a service around them. */
public final class Databases {
    private Databases() {}

    /** Made and opened; to be closed. */
    public static Database open(Settings.Registry settings, DataFolder folder) {
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
