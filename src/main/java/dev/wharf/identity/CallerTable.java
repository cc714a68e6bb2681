package dev.wharf.identity;

import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds callers in the registry. */
public final class CallerTable {
    private final Database database;

    public CallerTable(Database database) {
        this.database = database;
    }

    /** Somebody with a token that is good now. */
    public record TokenHolder(Caller caller, String tokenId, Instant tokenLastUsed) {}

    /** @param hash of the token, as it is kept */
    public Optional<TokenHolder> byToken(String hash, Instant now) {
        return holder(database.sql("identity/caller-by-token")
                .param("hash", hash)
                .param("now", Timestamp.from(now))
                .query(CallerTable::tokenRow)
                .list());
    }

    /**
     * Somebody with a session that is good now; its id stands for the token's.
     *
     * @param hash of what the cookie holds
     * @param seenAfter when it must have been used last
     */
    public Optional<TokenHolder> bySession(String hash, Instant now, Instant seenAfter) {
        return holder(database.sql("identity/caller-by-session")
                .param("hash", hash)
                .param("now", Timestamp.from(now))
                .param("seenAfter", Timestamp.from(seenAfter))
                .query(CallerTable::tokenRow)
                .list());
    }

    /** Whether a token was not revoked, or a session not signed out of; also one that has expired. */
    public boolean hasToken(String id) {
        return database.sql("identity/has-token")
                        .param("id", id)
                        .query(Long.class)
                        .single()
                > 0;
    }

    public Optional<Caller> byMembership(long membershipId, boolean evenDisabled) {
        return caller(database.sql("identity/caller-by-membership")
                .param("id", membershipId)
                .param("evenDisabled", evenDisabled)
                .query(CallerTable::row)
                .list());
    }

    /** The person of an account at an identity provider, as a member of the workspace that they were in first. */
    public Optional<Caller> byAccount(String issuer, String subject) {
        return caller(database.sql("identity/caller-by-account")
                .param("issuer", issuer)
                .param("subject", subject)
                .query(CallerTable::row)
                .list());
    }

    /** The person with an address in lower case, as the member who they were first and are still. */
    public Optional<Caller> byAddress(String email) {
        return caller(database.sql("identity/caller-by-address")
                .param("email", email)
                .query(CallerTable::row)
                .list());
    }

    /** Somebody who is not disabled and has a password. */
    public record PasswordHolder(Caller caller, String passwordHash) {}

    /** The person with an address in lower case, as a member of the workspace that they were in first. */
    public Optional<PasswordHolder> byEmail(String email) {
        var rows = database.sql("identity/caller-by-email")
                .param("email", email)
                .query((row, number) -> new PasswordRow(row(row, number), row.getString("password_hash")))
                .list();
        return caller(rows.stream().map(PasswordRow::row).toList())
                .map(caller -> new PasswordHolder(caller, rows.get(0).passwordHash()));
    }

    private record PasswordRow(Row row, String passwordHash) {}

    private record TokenRow(Row row, String tokenId, Instant lastUsed) {}

    private static TokenRow tokenRow(ResultSet row, int number) throws SQLException {
        Timestamp lastUsed = row.getTimestamp("last_used_at");
        return new TokenRow(
                row(row, number), row.getString("token_id"), lastUsed == null ? null : lastUsed.toInstant());
    }

    private static Optional<TokenHolder> holder(List<TokenRow> rows) {
        return caller(rows.stream().map(TokenRow::row).toList())
                .map(caller -> new TokenHolder(
                        caller, rows.get(0).tokenId(), rows.get(0).lastUsed()));
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
}
