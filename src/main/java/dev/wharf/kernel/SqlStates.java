package dev.wharf.kernel;

import java.sql.SQLException;

/** The SQLSTATEs that mean something to us; alike on HSQLDB and PostgreSQL. */
public final class SqlStates {
    private static final String UNIQUE_VIOLATION = "23505";

    private SqlStates() {}

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
