package dev.wharf.engine.duckdb;

import dev.wharf.engine.file.EngineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import org.duckdb.DuckDBDriver;

/**
 * A fresh in-memory database that can touch one folder and nothing else: no other path (links are resolved first), no
 * network, no extension, and no way to change that. Statements come from one thread; {@link #stop} from any.
 */
public final class DuckDbSession implements AutoCloseable {
    /** Spilled data goes here, inside the folder of the run. */
    static final String TEMPORARY = ".spilled";

    /** Goes through the rows of an answer; it may stop before their end. */
    public interface Reading {
        void of(ResultSet rows) throws SQLException, IOException;
    }

    private final Path folder;
    private final Connection connection;
    private Statement running;
    private boolean stopped;

    public DuckDbSession(Path folder, EngineSettings settings) throws SQLException, IOException {
        this.folder = folder.toRealPath();
        // All at once: as ten statements they make a session cost a quarter more.
        var properties = new Properties();
        properties.putAll(Map.of(
                // Else an answer is held whole before its first row can be read.
                DuckDBDriver.JDBC_STREAM_RESULTS,
                "true",
                "memory_limit",
                settings.memory(),
                "threads",
                String.valueOf(settings.threads()),
                "temp_directory",
                this.folder.resolve(TEMPORARY).toString(),
                "max_temp_directory_size",
                settings.temporarySize(),
                "allowed_directories",
                onlyOne(this.folder + "/"),
                "enable_external_access",
                "false",
                "autoinstall_known_extensions",
                "false",
                "autoload_known_extensions",
                "false",
                "lock_configuration",
                "true"));
        connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
    }

    /** As a list is written where it is cast from text, other than in SQL. */
    private static String onlyOne(String directory) {
        return "['" + directory.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    /** The folder of the run, links resolved. */
    Path folder() {
        return folder;
    }

    /** @return changed rows, or -1 where the statement has no such count */
    public long execute(String sql) throws SQLException {
        try (var statement = begin()) {
            statement.execute(sql);
            return statement.getLargeUpdateCount();
        } finally {
            end();
        }
    }

    /** The whole answer, every value as text: for answers about structure, never for data. */
    public List<List<String>> query(String sql) throws SQLException {
        return query(sql, Integer.MAX_VALUE);
    }

    /** The first rows of an answer, up to the one with which they exceed a number of characters. */
    public List<List<String>> query(String sql, int characters) throws SQLException {
        try (var statement = begin();
                var rows = statement.executeQuery(sql)) {
            var answer = new ArrayList<List<String>>();
            for (long seen = 0; seen <= characters && rows.next(); ) {
                var row = texts(rows);
                answer.add(row);
                seen += row.stream()
                        .mapToLong(value -> value == null ? 0 : value.length())
                        .sum();
            }
            return answer;
        } finally {
            end();
        }
    }

    /** Reads an answer while DuckDB makes it: nothing but the rows of a moment is held. */
    public void read(String sql, Reading reading) throws SQLException, IOException {
        try (var statement = begin();
                var rows = statement.executeQuery(sql)) {
            reading.of(rows);
        } finally {
            end();
        }
    }

    /** Cancels what runs; every later statement fails with a {@link CancellationException}. */
    synchronized void stop() {
        stopped = true;
        if (running != null) {
            try {
                running.cancel();
            } catch (SQLException closed) {
                running = null;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private synchronized Statement begin() throws SQLException {
        if (stopped) {
            throw new CancellationException();
        }
        running = connection.createStatement();
        return running;
    }

    private synchronized void end() {
        running = null;
    }

    private static List<String> texts(ResultSet row) throws SQLException {
        var values = new ArrayList<String>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            values.add(row.getString(column));
        }
        return values;
    }
}
