package dev.wharf.kernel.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The only way to the registry, so that what holds for every statement is done here: where there is no room on disk, it
 * only reads; and while the registry does not answer, nobody waits to be told so.
 */
final class RegistrySource extends DelegatingDataSource {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrySource.class);
    private static final long BETWEEN_TRIES_MILLIS = 200;

    private final FreeSpace space;
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile boolean closed;

    /** @param pool of connections; who waits for one is told soon if there is none */
    RegistrySource(DataSource pool, FreeSpace space) {
        super(pool);
        this.space = space;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (gone.get()) {
            throw new SQLTransientConnectionException("The registry did not answer a moment ago");
        }
        Connection connection;
        try {
            connection = super.getConnection();
        } catch (SQLException e) {
            if (!closed && gone.compareAndSet(false, true)) {
                LOG.warn("The registry does not answer: {}", e.getMessage());
                var thread = new Thread(this::awaitReturn, "registry-returns");
                thread.setDaemon(true);
                thread.start();
            }
            throw e;
        }
        if (space.isLow()) {
            connection.setReadOnly(true); // the pool takes it back as it was
        }
        return connection;
    }

    /** Whether the last who asked for a connection got none. */
    boolean isGone() {
        return gone.get();
    }

    /** One asks on behalf of all. */
    private void awaitReturn() {
        while (gone.get() && !closed) {
            try {
                super.getConnection().close();
                gone.set(false);
                LOG.warn("The registry answers again");
            } catch (SQLException e) {
                try {
                    Thread.sleep(BETWEEN_TRIES_MILLIS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    void close() {
        closed = true;
    }
}
