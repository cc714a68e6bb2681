package dev.wharf.kernel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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

/** The registry's database: HSQLDB or PostgreSQL. Made without touching it, so that a start need not wait for it. */
public final class Database implements AutoCloseable {
    private final HikariDataSource dataSource;
    private final JdbcClient client;
    private final TransactionTemplate transactions;

    public Database(Settings.Registry settings, DataFolder folder) {
        var config = new HikariConfig();
        config.setPoolName("registry");
        config.setJdbcUrl(settings.url().isEmpty() ? embeddedUrl(folder) : settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password().value());
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(-1);
        try {
            dataSource = new HikariDataSource(config);
        } catch (RuntimeException e) { // no driver takes the URL
            throw new SettingsException(
                    named(config.getJdbcUrl()) + " is not usable: " + SettingsException.reason(e), e);
        }
        client = JdbcClient.create(dataSource);
        transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * Connects, and brings the database to the present schema.
     *
     * @throws SettingsException in one line, if it cannot be reached, refuses the password, or holds something else
     */
    public void open() {
        String url = dataSource.getJdbcUrl();
        // A connection of its own says at once what is wrong; the pool would try again and again.
        try (var probe = DriverManager.getConnection(url, dataSource.getUsername(), dataSource.getPassword())) {
            probe.setReadOnly(true);
            Flyway.configure().dataSource(dataSource).load().migrate();
        } catch (SQLException e) {
            throw new SettingsException(named(url) + " cannot be opened: " + SettingsException.reason(e), e);
        } catch (FlywayException e) {
            throw new SettingsException(named(url) + " cannot be migrated: " + SettingsException.reason(e), e);
        }
    }

    private static String named(String url) {
        return "wharf.registry.url " + SettingsException.withoutParameters(url);
    }

    private static String embeddedUrl(DataFolder folder) {
        // write_delay=false: what was acknowledged survives a kill -9.
        return "jdbc:hsqldb:file:" + folder.resolve("registry")
                + ";hsqldb.tx=mvcc;hsqldb.write_delay=false;hsqldb.default_table_type=cached;shutdown=true";
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
        var sources = rows.stream().map(MapSqlParameterSource::new).toArray(MapSqlParameterSource[]::new);
        inTransaction(() -> {
            new NamedParameterJdbcTemplate(dataSource).batchUpdate(Sql.of(name), sources);
        });
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
        dataSource.close();
    }
}
