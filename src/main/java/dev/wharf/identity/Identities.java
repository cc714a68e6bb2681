package dev.wharf.identity;

import dev.wharf.kernel.Database;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.SqlStates;
import dev.wharf.kernel.http.Authenticator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.dao.DataIntegrityViolationException;

/** Who is who: finds the caller behind a token, and makes the first administrator. */
public final class Identities implements Authenticator {
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([\\x21-\\x7e]{1,512})");
    private static final Pattern MEMBERSHIP_ID = Pattern.compile("\\d{1,18}");

    private final Database database;
    private final Clock clock;

    public Identities(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Object authenticate(Evidence evidence) {
        if (evidence.authorization() != null) {
            var bearer = BEARER.matcher(evidence.authorization().strip());
            return (bearer.matches() ? byToken(bearer.group(1)) : Optional.<Caller>empty())
                    .orElseThrow(() -> unauthenticated("The access token is unknown, expired or malformed"));
        }
        if (evidence.cookie() != null) {
            return byToken(evidence.cookie())
                    .orElseThrow(() -> unauthenticated("The session has ended; sign in again"));
        }
        if (evidence.membershipId() != null) {
            return (MEMBERSHIP_ID.matcher(evidence.membershipId()).matches()
                            ? byMembership(Long.parseLong(evidence.membershipId()))
                            : Optional.<Caller>empty())
                    .orElseThrow(() -> unauthenticated("x-trifacta-person-workspace-id names no member"));
        }
        throw unauthenticated("Send an access token: Authorization: Bearer <token>");
    }

    private static ProblemException unauthenticated(String detail) {
        return new ProblemException(Problem.UNAUTHENTICATED, detail);
    }

    private Optional<Caller> byToken(String token) {
        return caller(database.sql("identity/caller-by-token")
                .param("hash", AccessToken.hash(token))
                .param("now", Timestamp.from(clock.instant()))
                .query(Identities::row)
                .list());
    }

    /** The member with this person-workspace id. */
    public Optional<Caller> byMembership(long membershipId) {
        return caller(database.sql("identity/caller-by-membership")
                .param("id", membershipId)
                .query(Identities::row)
                .list());
    }

    private record Row(long membershipId, long personId, long workspaceId, String email, String role) {}

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("membership_id"),
                row.getLong("person_id"),
                row.getLong("workspace_id"),
                row.getString("email"),
                row.getString("role_name"));
    }

    /** One row a role, and one without a role for a member who has none. */
    private static Optional<Caller> caller(List<Row> rows) {
        return rows.stream().findFirst().map(first -> {
            Set<String> roles = new HashSet<>();
            rows.stream().map(Row::role).filter(role -> role != null).forEach(roles::add);
            return new Caller(first.membershipId(), first.personId(), first.workspaceId(), first.email(), roles);
        });
    }

    /**
     * Makes the workspace, its administrator and a token, unless there is a workspace already. Of many nodes that
     * start on one empty registry, one does it.
     *
     * @return the token, which is shown now or never; empty if there was nothing to do
     */
    public Optional<String> bootstrap() {
        try {
            return database.inTransaction(() -> {
                long workspaces = database.sql("identity/count-workspaces")
                        .query(Long.class)
                        .single();
                return workspaces > 0 ? Optional.<String>empty() : Optional.of(firstAdministrator());
            });
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String firstAdministrator() {
        Instant now = clock.instant();
        long workspace = database.insert(database.sql("identity/insert-workspace")
                .param("uuid", UUID.randomUUID().toString())
                .param("name", "Workspace")
                .param("now", Timestamp.from(now)));
        long person = database.insert(database.sql("identity/insert-person")
                .param("uuid", UUID.randomUUID().toString())
                .param("email", "admin@localhost")
                .param("name", "Administrator")
                .param("now", Timestamp.from(now)));
        long membership = database.insert(database.sql("identity/insert-membership")
                .param("workspace", workspace)
                .param("person", person)
                .param("now", Timestamp.from(now)));
        for (String role : List.of(Caller.WORKSPACE_ADMIN, Caller.DATA_ADMIN)) {
            database.sql("identity/insert-role")
                    .param("membership", membership)
                    .param("role", role)
                    .update();
        }
        String token = AccessToken.generate();
        database.sql("identity/insert-token")
                .param("id", UUID.randomUUID().toString())
                .param("membership", membership)
                .param("hash", AccessToken.hash(token))
                .param("description", "First administrator")
                .param("now", Timestamp.from(now))
                .update();
        return token;
    }
}
