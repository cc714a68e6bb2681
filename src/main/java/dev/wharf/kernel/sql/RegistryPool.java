package dev.wharf.kernel.sql;

import dev.wharf.kernel.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.commons.dbcp2.DriverManagerConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Connections to the registry, which connect when they are asked for. Each statement ends in time, and stays compiled on
 * its connection when it is closed: to compile it anew takes HSQLDB as long as to carry it out.
 */
final class RegistryPool extends PoolingDataSource<PoolableConnection> {
    private static final int MOST_CONNECTIONS = 16;
    private static final int KEPT_CONNECTIONS = 2;
    private static final int MOST_KEPT_STATEMENTS = 150;
    /** How long somebody waits for a connection; who comes while there is none is told at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Duration OLD = Duration.ofMinutes(30);

    private final GenericObjectPool<PoolableConnection> connections;

    private RegistryPool(GenericObjectPool<PoolableConnection> connections) {
        super(connections);
        this.connections = connections;
    }

    static RegistryPool of(String url, Settings.Registry settings) {
        boolean postgres = url.startsWith("jdbc:postgresql:");
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password().value());
        if (postgres) {
            limit(properties, settings.statementTimeout());
        }
        var factory = new PoolableConnectionFactory(new DriverManagerConnectionFactory(url, properties), null);
        factory.setDefaultReadOnly(false); // where it was lent for reading only
        factory.setDefaultQueryTimeout(settings.statementTimeout());
        factory.setPoolStatements(true);
        factory.setMaxOpenPreparedStatements(MOST_KEPT_STATEMENTS);
        factory.setValidationQueryTimeout(PATIENCE.dividedBy(3));
        factory.setFastFailValidation(true);
        if (postgres) {
            // The server ends a statement by itself, should this process not.
            factory.setConnectionInitSql(List.of(
                    "SET statement_timeout = " + settings.statementTimeout().toMillis()));
            factory.setMaxConn(OLD);
        }
        var pool = new GenericObjectPool<>(factory);
        factory.setPool(pool);
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMinIdle(KEPT_CONNECTIONS);
        pool.setMaxWait(PATIENCE);
        pool.setTestOnBorrow(postgres);
        pool.setSoftMinEvictableIdleDuration(IDLE);
        pool.setMinEvictableIdleDuration(Duration.ofMillis(-1)); // the embedded one closes behind its last connection
        pool.setNumTestsPerEvictionRun(MOST_CONNECTIONS);
        pool.setDurationBetweenEvictionRuns(BETWEEN_LOOKS);
        return new RegistryPool(pool);
    }

    /** Where the server has gone without a word, nobody waits for it. */
    private static void limit(Properties properties, Duration statementTimeout) {
        properties.setProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(statementTimeout.toSeconds() + 10));
        properties.setProperty("tcpKeepAlive", "true");
    }

    /** Whether all connections are in use, and somebody waits for one. */
    boolean isExhausted() {
        return connections.getNumActive() >= MOST_CONNECTIONS && connections.getNumWaiters() > 0;
    }

    @Override
    public void close() {
        connections.close();
    }
}
