package dev.wharf.testing;

import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An embedded registry without rows, of which each service gets a copy: to bring one from nothing to the present schema
 * takes longer than all else that a start does.
 */
public final class EmptyRegistry {
    private static final List<Path> FILES = make();

    private EmptyRegistry() {}

    private static List<Path> make() {
        try {
            Path made = Files.createTempDirectory("wharf-registry");
            try (var folder = DataFolder.open(made);
                    var database = new Database(new Settings.Registry("", "sa", Secret.NONE), folder)) {
                database.open();
            }
            return registryIn(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a service with these settings, unless its registry is elsewhere. */
    public static void copyFor(Map<String, String> settings) {
        if (settings.get("wharf.registry.url") == null) {
            copyInto(Path.of(settings.get("wharf.data-dir")));
        }
    }

    /** Where there is one already, it stays as it is. */
    static void copyInto(Path data) {
        try {
            Files.createDirectories(data);
            if (registryIn(data).isEmpty()) {
                for (Path file : FILES) {
                    Files.copy(file, data.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> registryIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("registry."))
                    .toList();
        }
    }
}
