package dev.wharf.jobs;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which jobs are asked for ({@code domain.md} §3.7), of those that the caller may see.
 *
 * @param everybody also other people's
 * @param statuses empty for any
 * @param ranFrom empty for any, as is {@code ranFor}
 * @param since by when they were created, as is {@code until}
 */
public record JobFilter(
        boolean everybody,
        List<String> statuses,
        String ranFrom,
        String ranFor,
        Instant since,
        Instant until,
        ListQuery list) {
    private static final List<String> STATUSES = List.of("Created", "InProgress", "Complete", "Failed", "Canceled");
    private static final List<String> ORIGINS = List.of("ui", "schedule", "api");
    private static final List<String> PURPOSES = List.of("recipe", "publish");
    private static final Map<String, String> FILTERED =
            Map.of("name", "name", "description", "description", "status", "status", "execution", "execution");
    private static final Map<String, String> SORTED = Map.of(
            "id", "id", "name", "name", "status", "status", "createdAt", "created_at", "updatedAt", "updated_at");

    /** What no job was created before, or after; both databases have it. */
    private static final Instant ALWAYS = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    /**
     * The caller's own jobs.
     *
     * @throws ProblemException 400 if the query is malformed
     */
    public static JobFilter own(Query query) {
        return new JobFilter(false, List.of(), "", "", ALWAYS, EVER, list(query));
    }

    /**
     * Those of the job library: a workspace administrator's are everybody's, unless {@code runBy} is {@code currentUser}.
     *
     * @throws ProblemException 400 naming a parameter that is malformed
     */
    public static JobFilter library(Caller caller, Query query) {
        boolean own = oneOf(query, "runBy", List.of("all", "currentUser")).equals("currentUser");
        String statuses = query.get("status").orElse("");
        List<String> asked = statuses.isEmpty() ? List.of() : List.of(statuses.split(",", -1));
        if (!STATUSES.containsAll(asked)) {
            throw ProblemException.invalid("status", "must be of " + String.join(", ", STATUSES));
        }
        return new JobFilter(
                !own && caller.isWorkspaceAdmin(),
                asked,
                oneOf(query, "ranfrom", ORIGINS),
                oneOf(query, "ranfor", PURPOSES),
                moment(query, "dateFilter[createdAt][gte]", ALWAYS),
                moment(query, "dateFilter[createdAt][lte]", EVER),
                list(query));
    }

    private static ListQuery list(Query query) {
        return ListQuery.of(query, "name", FILTERED, SORTED, "-id");
    }

    /** Empty where the query does not say. */
    private static String oneOf(Query query, String name, List<String> known) {
        String value = query.get(name).orElse("");
        if (!value.isEmpty() && !known.contains(value)) {
            throw ProblemException.invalid(name, "must be " + String.join(" or ", known));
        }
        return value;
    }

    private static Instant moment(Query query, String name, Instant otherwise) {
        if (query.get(name).isEmpty()) {
            return otherwise;
        }
        return Text.wholeNumber(query.require(name)).stream()
                .filter(millis -> millis >= 0 && millis <= EVER.toEpochMilli())
                .mapToObj(Instant::ofEpochMilli)
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(name, "must be a moment in milliseconds since 1970"));
    }

    JdbcClient.StatementSpec narrow(JdbcClient.StatementSpec statement, Caller caller) {
        return statement
                .param("workspace", caller.workspaceId())
                .param("person", caller.personId())
                .param("everybody", everybody)
                .param("anyStatus", statuses.isEmpty())
                .param("statuses", statuses.isEmpty() ? List.of("") : statuses)
                .param("ranFrom", ranFrom)
                .param("ranFor", ranFor)
                .param("since", Timestamp.from(since))
                .param("until", Timestamp.from(until));
    }
}
