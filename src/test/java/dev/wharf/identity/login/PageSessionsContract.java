package dev.wharf.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin;
import dev.wharf.identity.Uses;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.tokens.AccessTokens;
import dev.wharf.identity.tokens.NewToken;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How sessions of the page end, on each database that the registry can be in. */
abstract class PageSessionsContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration AGE = Duration.ofHours(3);

    private final SettableClock clock = new SettableClock();
    private Uses uses;
    private PageSessions sessions;
    private Caller ann;

    abstract Database database();

    @BeforeEach
    void begin() {
        var identities = new Identities(database(), clock);
        identities.bootstrap();
        ann = identities.activeMember(1).orElseThrow();
        uses = new Uses(database(), "identity/see-session");
        sessions = new PageSessions(database(), uses, new Settings.Sessions(IDLE, AGE), clock);
    }

    private boolean isGood(String cookie) {
        boolean good = sessions.find(cookie, "request").isPresent();
        uses.write();
        return good;
    }

    private NewToken token(Instant expires) {
        return NewToken.insert(database(), ann.membershipId(), null, clock.instant(), expires);
    }

    private String begin(NewToken token) {
        return sessions.begin(
                ann.by(new Origin(Origin.Way.TOKEN, null, token.tokenInfo().tokenId())), null);
    }

    private List<String> kept() {
        return JdbcClient.create(database().dataSource())
                .sql("SELECT session_hash FROM page_session")
                .query(String.class)
                .list();
    }

    @Test
    void oneThatIsNotUsedEnds() {
        String cookie = sessions.begin(ann, null);

        clock.pass(IDLE.minus(MINUTE));
        assertThat(isGood(cookie)).isTrue();
        clock.pass(IDLE.minus(MINUTE));
        assertThat(isGood(cookie)).isTrue();
        clock.pass(IDLE.plus(MINUTE));

        assertThat(isGood(cookie)).isFalse();
    }

    @Test
    void oneThatIsUsedAllTheTimeEndsAsWell() {
        String cookie = sessions.begin(ann, null);

        for (var used = Duration.ZERO; used.plus(MINUTE).compareTo(AGE) < 0; used = used.plusMinutes(30)) {
            assertThat(isGood(cookie)).isTrue();
            clock.pass(Duration.ofMinutes(30));
        }

        assertThat(isGood(cookie)).isFalse();
    }

    @Test
    void oneEndsWithWhatItBeganWith() {
        var lasting = token(null);
        String revoked = begin(lasting);
        String expired = begin(token(clock.instant().plus(MINUTE)));
        String bounded = sessions.begin(ann, clock.instant().plus(MINUTE));
        String other = sessions.begin(ann, null);
        assertThat(List.of(revoked, expired, bounded)).allMatch(this::isGood);

        new AccessTokens(database(), new AuditTrail(database(), clock), clock)
                .revoke(ann, lasting.tokenInfo().tokenId());
        clock.pass(MINUTE);

        assertThat(List.of(revoked, expired, bounded)).noneMatch(this::isGood);
        assertThat(isGood(other)).isTrue();
    }

    @Test
    void whatHasEndedIsForgottenADayLater() {
        String ended = sessions.begin(ann, clock.instant().plus(MINUTE));

        clock.pass(Duration.ofHours(23));
        sessions.sweep();
        assertThat(kept()).isNotEmpty().doesNotContain(ended);
        clock.pass(Duration.ofHours(10));
        sessions.sweep();

        assertThat(kept()).isEmpty();
    }
}
