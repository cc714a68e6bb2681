package dev.wharf.kernel.sql;

import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The registry's database: HSQLDB or PostgreSQL. Made without touching it, so that a start need not wait for it.
 *
 * <p>The embedded one acknowledges what it could not write, so that it is watched: it is not opened with too little room on
 * disk, written to only while there is enough ({@link FreeSpace}), and the process ends at the first write that failed
 * ({@link WriteFailures}).
 */
public final class Database implements AutoCloseable {
    private static final long A_MOMENT_NANOS = 250_000_000;

    private final EmbeddedRegistry embedded;
    private final WriteFailures failures = new WriteFailures(WriteFailures::halt);
    private final FreeSpace space;
    private final Settings.Registry settings;
    private final String url;
    private final RegistryPool pool;
    private final RegistrySource dataSource;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final SharedTransactions shared;

    public Database(Settings.Registry settings, DataFolder folder) {
        this(settings, folder, place -> FreeSpace.of(place, settings));
    }

    /**
     * @param spaceIn the room on the disk of a folder
     */
    public Database(Settings.Registry settings, DataFolder folder, Function<Path, FreeSpace> spaceIn) {
        String given = settings.url().isEmpty() ? EmbeddedRegistry.urlIn(folder) : settings.url();
        this.settings = settings;
        embedded = EmbeddedRegistry.of(given).orElse(null);
        space = embedded == null ? FreeSpace.elsewhere() : spaceIn.apply(embedded.folder());
        url = embedded == null ? given : embedded.url();
        requireDriver(url);
        pool = RegistryPool.of(url, settings);
        dataSource = new RegistrySource(pool, space);
        client = JdbcClient.create(dataSource);
        transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        shared = new SharedTransactions(transactions);
    }

    private static void requireDriver(String url) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new SettingsException(named(url) + " is not usable: " + SettingsException.reason(e), e);
        }
    }

    /**
     * Connects, and brings the database to the present schema.
     *
     * @throws SettingsException in one line, if it cannot be reached, refuses the password, holds something else, or has
     *     too little room on its disk
     */
    public void open() {
        boolean existed = embedded != null && embedded.exists();
        if (embedded != null) {
            requireRoom();
            failures.listen();
        }
        // A connection of its own says at once what is wrong; the pool would try again and again.
        try (var probe = first()) {
            if (existed) {
                requireAllRead();
            }
            probe.setReadOnly(true);
            if (embedded != null) {
                failures.arm(probe);
            }
            // Not through the pool: a migration takes as long as it takes.
            Flyway.configure()
                    .dataSource(url, settings.user(), settings.password().value())
                    .load()
                    .migrate();
            dataSource.getConnection().close(); // the embedded one closes behind its last connection
        } catch (SQLException e) {
            if (embedded != null && EmbeddedRegistry.isBadLog(e)) {
                throw new SettingsException(
                        "the registry's last changes cannot be read: " + SettingsException.reason(e)
                                + ". Nothing was changed. Put back a backup of " + embedded.folder()
                                + "; or keep a copy of it, remove from " + embedded.log()
                                + " that line and all behind it, which loses them, and start again",
                        e);
            }
            throw new SettingsException(named(url) + " cannot be opened: " + SettingsException.reason(e), e);
        } catch (FlywayException e) {
            throw new SettingsException(named(url) + " cannot be migrated: " + SettingsException.reason(e), e);
        }
        if (embedded != null) {
            embedded.hide();
        }
    }

    private Connection first() throws SQLException {
        try {
            return connect();
        } catch (SQLException e) {
            if (embedded == null || !EmbeddedRegistry.isBadLog(e) || !embedded.cutTornEnd()) {
                throw e;
            }
            return connect();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                url, settings.user(), settings.password().value());
    }

    private void requireRoom() {
        if (space.isLow()) {
            throw new SettingsException(
                    "there is too little room for the registry in " + embedded.folder() + ": " + space.text());
        }
    }

    /**
     * What a start could not bring in, as on a full disk, would be lost by whatever is written behind it. Nothing was
     * changed yet, and closing might change something: the process ends as it is.
     */
    private void requireAllRead() {
        if (embedded.unread() > 0) {
            WriteFailures.halt("the registry in " + embedded.folder() + " could not bring in its last changes ("
                    + embedded.unread() + " bytes of its log). Nothing was written; make room there and start again");
        }
    }

    /**
     * For work that is done elsewhere before it is written down here, and would be left behind.
     *
     * @throws ProblemException 503 if nothing can be written at the moment
     */
    public void requireWritable() {
        if (space.isLow()) {
            throw new ProblemException(Problem.UNAVAILABLE, SqlStates.NO_ROOM);
        }
    }

    /** The room on its disk, where it is embedded. */
    public FreeSpace space() {
        return space;
    }

    /**
     * Whether it answers; soon, if it does not.
     *
     * @param seconds to wait at most
     */
    public boolean answers(int seconds) {
        if (dataSource.isGone()) {
            return false;
        }
        try (var connection = dataSource.getConnection()) {
            return connection.isValid(seconds);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether all its connections are in use, and somebody waits for one; looks for a moment. */
    public boolean isExhausted() {
        if (!pool.isExhausted()) {
            return false;
        }
        LockSupport.parkNanos(A_MOMENT_NANOS);
        return pool.isExhausted();
    }

    /** Whether it is kept by this process. */
    public boolean isEmbedded() {
        return embedded != null;
    }

    private static String named(String url) {
        return "wharf.registry.url " + SettingsException.withoutParameters(url);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** A statement of {@code sql/<name>.sql}; its parameters are {@code :named}. */
    public JdbcClient.StatementSpec sql(String name) {
        return client.sql(Sql.of(name));
    }

    /** A page of what a statement selects; it takes {@code limit} and {@code offset} as well. */
    public JdbcClient.StatementSpec rows(String name, ListQuery query) {
        return client.sql(query.rows(Sql.of(name))).params(query.params());
    }

    /** How many rows of what a statement selects a list has. */
    public JdbcClient.StatementSpec count(String name, ListQuery query) {
        return client.sql(query.count(Sql.of(name))).params(query.params());
    }

    /** Runs an INSERT and returns the id that the database chose. */
    public long insert(JdbcClient.StatementSpec statement) {
        var keys = new GeneratedKeyHolder();
        statement.update(keys, "id");
        return keys.getKeyAs(Number.class).longValue();
    }

    /** Runs one statement for many rows in one go, all or nothing. */
    public void batch(String name, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var sources = rows.stream().map(MapSqlParameterSource::new).toArray(MapSqlParameterSource[]::new);
        inTransaction(() -> {
            new NamedParameterJdbcTemplate(dataSource).batchUpdate(Sql.of(name), sources);
        });
    }

    /** For short writes that many threads make at the same time, as those of a job's files. */
    public SharedTransactions shared() {
        return shared;
    }

    /** All or nothing: an exception undoes what was done. */
    public <T> T inTransaction(Supplier<T> work) {
        return transactions.execute(status -> work.get());
    }

    /** All or nothing: an exception undoes what was done. */
    public void inTransaction(Runnable work) {
        transactions.executeWithoutResult(status -> work.run());
    }

    @Override
    public void close() {
        shared.close();
        dataSource.close();
        pool.close();
        failures.close();
    }
}
