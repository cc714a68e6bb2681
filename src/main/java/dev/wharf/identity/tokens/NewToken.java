package dev.wharf.identity.tokens;

import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

/**
 * A token as it is shown once, to whoever asked for it.
 *
 * @param tokenValue what goes behind {@code Authorization: Bearer}
 */
public record NewToken(String tokenValue, TokenInfo tokenInfo) {
    /**
     * Makes a token for a member.
     *
     * @param expires null for never
     */
    public static NewToken insert(
            Database database, long membershipId, String description, Instant now, Instant expires) {
        String value = AccessToken.generate();
        String id = UUID.randomUUID().toString();
        database.sql("identity/insert-token")
                .param("id", id)
                .param("membership", membershipId)
                .param("hash", AccessToken.hash(value))
                .param("description", description)
                .param("now", Timestamp.from(now))
                .param("expires", expires == null ? null : Timestamp.from(expires))
                .update();
        return new NewToken(value, new TokenInfo(id, description, expires, now, null));
    }

    @Override
    public String toString() {
        return "NewToken[tokenInfo=" + tokenInfo + "]";
    }
}
