package dev.wharf.kernel.sql;

import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.PrivateFiles;
import dev.wharf.kernel.settings.SettingsException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.hsqldb.DatabaseURL;
import org.hsqldb.error.ErrorCode;

/** A registry that this process keeps in files by itself: HSQLDB, where the URL says {@code file:}. */
record EmbeddedRegistry(Path files, String url) {
    /**
     * Without the first, events are not told; without the second, a commit waits half a second for its place on disk; without
     * the third, a start drops what stands in the log behind a line that it cannot bring in.
     */
    private static final String[] SAFE = {"hsqldb.extlog=2", "hsqldb.write_delay=false", "hsqldb.full_log_replay=true"};

    /** How HSQLDB refuses a log that it cannot bring in whole. */
    private static final int BAD_LOG = -ErrorCode.ERROR_IN_LOG_FILE;

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

    /** Whether a start was refused for what stands in the log. */
    static boolean isBadLog(SQLException refusal) {
        return refusal.getErrorCode() == BAD_LOG;
    }

    Path log() {
        return file(".log").toPath();
    }

    /**
     * Cuts off a last line that has no end, as a process leaves it that was killed while it wrote: nobody was told that it is
     * on disk. To be called only after a start was refused for the log, since it then belongs to no other process.
     *
     * @return whether there was one
     */
    boolean cutTornEnd() {
        try (var log = FileChannel.open(log(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = log.size();
            var one = ByteBuffer.allocate(1);
            while (end > 0) {
                log.read(one.clear(), end - 1);
                if (one.get(0) == '\n') {
                    break;
                }
                end--;
            }
            boolean torn = end < log.size();
            log.truncate(end).force(true);
            return torn;
        } catch (IOException e) {
            throw new SettingsException(log() + " cannot be mended: " + e, e);
        }
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
