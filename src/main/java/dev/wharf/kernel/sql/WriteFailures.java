package dev.wharf.kernel.sql;

import dev.wharf.kernel.settings.SettingsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hsqldb.lib.FrameworkLogger;

/**
 * Ends the process at the first write that the embedded registry could not do. HSQLDB tells nobody but its event log, goes
 * on, and answers COMMIT with success: what is written behind the first failure is lost at the next start. So the thread
 * that failed ends the process before it can answer, and the start that follows is the repair.
 */
final class WriteFailures extends Handler implements AutoCloseable {
    /** EX_TEMPFAIL of {@code sysexits.h}: start it again. */
    static final int EXIT_STATUS = 75;

    private static final String PROOF = "proof";

    /** Above those of all databases of this process, each of which has one with its name. */
    private static final String LOGGER = "hsqldb.db";

    /** Kept, since the log manager would forget it. */
    private final Logger logger = Logger.getLogger(LOGGER);

    private final Consumer<String> end;
    private volatile String own;
    private volatile boolean reached;

    WriteFailures(Consumer<String> end) {
        this.end = end;
    }

    /**
     * Begins to listen; what happens while the registry is opened, as when the end of its log is torn, is no reason yet.
     *
     * @throws SettingsException if events do not come here, as when another log library is on the class path
     */
    void listen() {
        var hsqldb = FrameworkLogger.getLog(PROOF, LOGGER); // its first call may set up logging anew
        if (!logger.isLoggable(Level.WARNING)) {
            logger.setLevel(Level.WARNING);
        }
        logger.addHandler(this);
        logger.setUseParentHandlers(false); // the proof is no news
        hsqldb.warning(PROOF);
        logger.setUseParentHandlers(true);
        if (!reached) {
            throw new SettingsException("the embedded registry's events go elsewhere (take log4j off the class path):"
                    + " a write that failed would not be noticed");
        }
    }

    /**
     * From now on the first failure ends the process.
     *
     * @param connection to the registry, since what fails in another database of this process is not its business
     */
    void arm(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var name = statement.executeQuery("VALUES DATABASE_NAME()")) {
            name.next();
            own = LOGGER + "." + name.getString(1) + ".";
        }
    }

    @Override
    public void publish(LogRecord event) {
        if (event.getLevel().intValue() < Level.WARNING.intValue()) {
            return;
        }
        if (own != null && event.getLoggerName().startsWith(own)) {
            end.accept("The registry could not write (" + event.getMessage()
                    + "). What was acknowledged is on disk; make room there and start again");
        }
        reached = true;
    }

    /** Ends this process at once: a hook would let answers out that are not true. */
    static void halt(String reason) {
        System.err.println("Wharf stops: " + reason);
        System.err.flush();
        Runtime.getRuntime().halt(EXIT_STATUS);
    }

    @Override
    public void flush() {
        // nothing is kept
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
