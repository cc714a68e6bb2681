package dev.wharf.identity.tokens;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.PersonTable;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;

/** Access tokens ({@code domain.md} §3.1). Everybody sees and revokes their own; to all others they do not exist. */
public final class AccessTokens {
    private final Database database;
    private final PersonTable people;
    private final AuditTrail trail;
    private final Clock clock;

    public AccessTokens(Database database, AuditTrail trail, Clock clock) {
        this.database = database;
        this.people = new PersonTable(database);
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @throws ProblemException 403 for another person's by one who is no administrator; 404 if that person is no member
     */
    @Operation("createAccessToken")
    public NewToken create(Caller caller, TokenRequest request) {
        return trail.attempt(caller, AuditedAction.of("createAccessToken"), () -> insert(caller, request));
    }

    private NewToken insert(Caller caller, TokenRequest request) {
        long membership = membership(caller, request.personId(), "make an access token for another person (personId)");
        Instant now = clock.instant();
        Instant expires = request.lifetime() == null ? null : now.plus(request.lifetime());
        return database.inTransaction(() -> {
            NewToken token = NewToken.insert(database, membership, request.description(), now, expires);
            trail.record(caller, AuditedAction.of("createAccessToken"), summary(token, request.personId()));
            return token;
        });
    }

    private static String summary(NewToken token, Long personId) {
        String id = "token " + token.tokenInfo().tokenId();
        return personId == null ? id : id + " for person " + personId;
    }

    /** Whose tokens are meant: an administrator may let somebody else in, and keep them out again. */
    private long membership(Caller caller, Long personId, String what) {
        if (personId == null || personId == caller.personId()) {
            return caller.membershipId();
        }
        caller.requireWorkspaceAdmin(what);
        return people.find(caller.workspaceId(), personId)
                .orElseThrow(() -> Ids.notFound("person", personId))
                .membershipId();
    }

    /**
     * The caller's tokens, oldest first, also those that have expired; or those of the person in {@code personId}.
     *
     * @throws ProblemException 403 for another person's by one who is no administrator; 404 if that person is no member
     */
    @Operation("listAccessTokens")
    public Page<TokenInfo> list(Caller caller, Query query) {
        Long person = query.id("personId").orElse(null);
        long membership = membership(caller, person, "see the access tokens of another person (personId)");
        return Page.of(
                query,
                (limit, offset) -> database.sql("identity/list-tokens")
                        .param("membership", membership)
                        .param("limit", limit)
                        .param("offset", offset)
                        .query(AccessTokens::row)
                        .list(),
                () -> database.sql("identity/count-tokens")
                        .param("membership", membership)
                        .query(Long.class)
                        .single());
    }

    /**
     * One of the caller's, and to administrators anybody's of the workspace.
     *
     * @throws ProblemException 404 if there is none of them with this id
     */
    @Operation("getAccessToken")
    public TokenInfo get(Caller caller, String tokenId) {
        return find(caller, tokenId, AccessTokens::row);
    }

    private <T> T find(Caller caller, String tokenId, RowMapper<T> what) {
        return database.sql("identity/find-token")
                .param("id", uuid(tokenId))
                .param("membership", caller.membershipId())
                .param("everybodys", caller.isWorkspaceAdmin())
                .param("workspace", caller.workspaceId())
                .query(what)
                .optional()
                .orElseThrow(() -> notFound(tokenId));
    }

    /**
     * Revokes a token at once, on every node, and with it the sessions that it began.
     *
     * @throws ProblemException as {@link #get}
     */
    @Operation("deleteAccessToken")
    public void revoke(Caller caller, String tokenId) {
        trail.attempt(
                caller,
                AuditedAction.of("deleteAccessToken"),
                () -> database.inTransaction(() -> delete(caller, uuid(tokenId))));
    }

    private void delete(Caller caller, String id) {
        long person = find(caller, id, (row, number) -> row.getLong("person_id"));
        database.sql("identity/delete-token").param("id", id).update();
        trail.record(
                caller,
                AuditedAction.of("deleteAccessToken"),
                "token " + id + (person == caller.personId() ? "" : " of person " + person));
    }

    private static String uuid(String id) {
        if (id == null) {
            throw notFound(id); // the path says null
        }
        try {
            return UUID.fromString(id).toString();
        } catch (IllegalArgumentException e) {
            throw notFound(id);
        }
    }

    private static ProblemException notFound(String id) {
        return Ids.notFound("access token with the id", id);
    }

    private static TokenInfo row(ResultSet row, int number) throws SQLException {
        return new TokenInfo(
                row.getString("id"),
                row.getString("description"),
                instant(row.getTimestamp("expires_at")),
                instant(row.getTimestamp("created_at")),
                instant(row.getTimestamp("last_used_at")));
    }

    private static Instant instant(Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
