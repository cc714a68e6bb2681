package dev.wharf.kernel.problem;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;

/** The SQLSTATEs that mean something to us; alike on HSQLDB and PostgreSQL. */
public final class SqlStates {
    private static final String UNIQUE_VIOLATION = "23505";

    /** HSQLDB: a change on a connection that only reads, as it does where there is no room. */
    private static final String READ_ONLY = "25006";

    /** PostgreSQL: query_canceled, as by statement_timeout; HSQLDB: statement execution aborted, transaction rolled back. */
    private static final Set<String> TOOK_TOO_LONG = Set.of("57014", "57000", "HYT00", "40502");

    /** PostgreSQL: the server goes or starts; cannot_connect_now; too_many_connections. */
    private static final Set<String> GONE = Set.of("57P01", "57P02", "57P03", "53300");

    public static final String NO_ROOM =
            "There is too little room on the disk of the registry, so that nothing is changed at the moment; what is there can"
                    + " be read. Tell the operator, and try again later";

    private SqlStates() {}

    /** What the registry cannot do at the moment; empty for any other failure. */
    public static Optional<ProblemException> unavailable(Throwable cause) {
        if (!(cause instanceof SQLException failure)) {
            return Optional.empty();
        }
        String state = String.valueOf(failure.getSQLState());
        String reason;
        if (state.equals(READ_ONLY)) {
            reason = NO_ROOM;
        } else if (TOOK_TOO_LONG.contains(state) || failure instanceof SQLTimeoutException) {
            reason =
                    "The registry took longer than wharf.registry.statement-timeout and was stopped; nothing was changed."
                            + " Ask for less, or try again later";
        } else if (failure instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || GONE.contains(state)) {
            reason = "The registry does not answer at the moment; try again in a few seconds";
        } else {
            return Optional.empty();
        }
        return Optional.of(new ProblemException(Problem.UNAVAILABLE, reason, failure));
    }

    /** Whether it is the registry that cannot do something at the moment. */
    public static boolean isUnavailable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (unavailable(cause).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a row was refused because another one has its key. */
    public static boolean isUniqueViolation(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
