package dev.wharf.kernel.sql;

import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Remembers what was done under an {@code x-execution-id}, so that a request sent again does nothing twice
 * ({@code domain.md} §3.7).
 */
public final class Executions {
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final Database database;
    private final Clock clock;

    public Executions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The request was carried out before: HTTP 304. */
    public static final class AlreadyDone extends RuntimeException {
        private final String location;

        AlreadyDone(String location) {
            super("Carried out before", null, false, false);
            this.location = location;
        }

        /** Where that is which the first request has made; null where it has made nothing. */
        public String location() {
            return location;
        }
    }

    private record Known(String requestHash, String location) {}

    /**
     * Does the work in a transaction, unless it was done under this id. Where it gives something that is {@link Made}, the
     * same request sent again is told where that is.
     *
     * @param personId whose id it is: other people's are others
     * @param executionId null for a request without one: done every time
     * @param request what was asked for, as text
     * @throws AlreadyDone if it was done, for the same request
     * @throws ProblemException 409 if the id was used for another request; 400 if it is malformed
     */
    public <T> T once(long workspaceId, long personId, String executionId, String request, Supplier<T> work) {
        if (executionId == null) {
            return database.inTransaction(work);
        }
        if (!ID.matcher(executionId).matches()) {
            throw ProblemException.invalid(
                    "x-execution-id", "must have 1 to 255 printable ASCII characters without blanks");
        }
        String hash = Sha256.of(request);
        refuseKnown(workspaceId, personId, executionId, hash);
        try {
            return database.inTransaction(() -> {
                database.sql("kernel/insert-execution")
                        .param("workspace", workspaceId)
                        .param("person", personId)
                        .param("id", executionId)
                        .param("hash", hash)
                        .param("now", Timestamp.from(clock.instant()))
                        .update();
                T result = work.get();
                if (result instanceof Made made) {
                    database.sql("kernel/locate-execution")
                            .param("workspace", workspaceId)
                            .param("person", personId)
                            .param("id", executionId)
                            .param("location", made.location())
                            .update();
                }
                return result;
            });
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                refuseKnown(workspaceId, personId, executionId, hash); // another request was quicker
            }
            throw e;
        }
    }

    /**
     * Lets the request be sent again that has made something of which nothing came.
     *
     * @param location of what it has made
     */
    public void forget(long workspaceId, long personId, String location) {
        database.sql("kernel/forget-execution")
                .param("workspace", workspaceId)
                .param("person", personId)
                .param("location", location)
                .update();
    }

    private void refuseKnown(long workspaceId, long personId, String executionId, String hash) {
        Optional<Known> known = database.sql("kernel/find-execution")
                .param("workspace", workspaceId)
                .param("person", personId)
                .param("id", executionId)
                .query((row, number) -> new Known(row.getString("request_hash"), row.getString("location")))
                .optional();
        if (known.isPresent()) {
            if (known.get().requestHash().equals(hash)) {
                throw new AlreadyDone(known.get().location());
            }
            throw new ProblemException(
                    Problem.CONFLICT,
                    "x-execution-id " + executionId + " was used for another request; choose a new one");
        }
    }
}
