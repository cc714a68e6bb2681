package dev.wharf.identity.login;

import dev.wharf.identity.Caller;
import dev.wharf.identity.CallerTable;
import dev.wharf.identity.Origin;
import dev.wharf.identity.Uses;
import dev.wharf.identity.tokens.AccessToken;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Sessions of the page: a row each, which every node sees and signing out deletes. One ends when it is not used for a
 * while, after a while in any case, with the token that it began with, and with its person's being disabled.
 */
public final class PageSessions {
    /** What began under a session, as a long upload, goes on for a while when it has ended by itself. */
    private static final Duration GRACE = Duration.ofDays(1);

    private final Database database;
    private final CallerTable callers;
    private final Uses uses;
    private final Settings.Sessions limits;
    private final Clock clock;

    /** @param uses of sessions */
    public PageSessions(Database database, Uses uses, Settings.Sessions limits, Clock clock) {
        this.database = database;
        this.callers = new CallerTable(database);
        this.uses = uses;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Begins one.
     *
     * @param caller by the token that it is to end with, if there is one
     * @param ends the latest that it may end; null for no such time
     * @return what the cookie holds
     */
    String begin(Caller caller, Instant ends) {
        String cookie = AccessToken.random();
        Instant now = clock.instant();
        Instant expires = now.plus(limits.maxAge());
        database.sql("identity/insert-session")
                .param("id", UUID.randomUUID().toString())
                .param("hash", AccessToken.hash(cookie))
                .param("membership", caller.membershipId())
                .param("token", caller.origin().tokenId())
                .param("now", Timestamp.from(now))
                .param("expires", Timestamp.from(ends == null || ends.isAfter(expires) ? expires : ends))
                .update();
        return cookie;
    }

    /** Whose one is, while it is good. */
    Optional<Caller> find(String cookie, String requestId) {
        Instant now = clock.instant();
        var holder = callers.bySession(AccessToken.hash(cookie), now, now.minus(limits.idleTimeout()));
        holder.ifPresent(found -> uses.note(found.tokenId(), found.tokenLastUsed(), now));
        return holder.map(found -> found.caller().by(new Origin(Origin.Way.SESSION, requestId, found.tokenId())));
    }

    void end(String cookie) {
        database.sql("identity/delete-session")
                .param("hash", AccessToken.hash(cookie))
                .update();
    }

    /** Forgets those that have ended by themselves. */
    public void sweep() {
        Instant before = clock.instant().minus(GRACE);
        database.sql("identity/delete-ended-sessions")
                .param("before", Timestamp.from(before))
                .param("seenBefore", Timestamp.from(before.minus(limits.idleTimeout())))
                .update();
    }
}
