package dev.wharf.kernel.sql;

import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.PrivateFiles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hsqldb.DatabaseURL;

/** A registry that this process keeps in files by itself: HSQLDB, where the URL says {@code file:}. */
record EmbeddedRegistry(Path files, String url) {
    /** Without the first, events are not told; without the second, a commit waits half a second for its place on disk. */
    private static final String[] SAFE = {"hsqldb.extlog=2", "hsqldb.write_delay=false"};

    /**
     * In the data folder. The lock on that folder ends with its process; HSQLDB's own lock, a file with the time, would
     * keep a start from coming within ten seconds after a crash.
     */
    static String urlIn(DataFolder folder) {
        return "jdbc:hsqldb:file:" + folder.resolve("registry")
                + ";hsqldb.tx=mvcc;hsqldb.default_table_type=cached;hsqldb.lock_file=false;shutdown=true";
    }

    /** Empty for a database elsewhere, or in memory only. */
    static Optional<EmbeddedRegistry> of(String url) {
        var parsed = url.startsWith(DatabaseURL.S_URL_PREFIX) ? DatabaseURL.parseURL(url, true, false) : null;
        if (parsed == null || !DatabaseURL.S_FILE.equals(parsed.getProperty(DatabaseURL.url_connection_type))) {
            return Optional.empty();
        }
        var safe = new StringBuilder(url);
        for (String property : SAFE) {
            String name = property.substring(0, property.indexOf('=') + 1);
            if (!url.toLowerCase(Locale.ROOT).contains(name)) {
                safe.append(';').append(property);
            }
        }
        Path files = Path.of(parsed.getProperty(DatabaseURL.url_database)).toAbsolutePath();
        return Optional.of(new EmbeddedRegistry(files, safe.toString()));
    }

    Path folder() {
        return files.getParent();
    }

    boolean exists() {
        return file(".script").exists();
    }

    /** Changes that a start has not brought in yet, in bytes; 0 right after one that went well. */
    long unread() {
        return file(".log").length();
    }

    private File file(String ending) {
        return new File(files + ending);
    }

    /** Others have no business in the registry's files, whatever this process may give away by default. */
    void hide() {
        for (String ending :
                new String[] {".script", ".properties", ".log", ".data", ".backup", ".lobs", ".lck", ".tmp"}) {
            Path file = file(ending).toPath();
            if (Files.exists(file)) {
                PrivateFiles.hide(file);
            }
        }
    }
}
