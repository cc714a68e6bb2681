package dev.wharf.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.login.Identities;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Dead letters in a registry of either kind. */
abstract class DeadLettersContract {
    private static final Caller FIRST = administrator(1, 1);
    private static final FailedAttempt REFUSED = FailedAttempt.withoutJob(ProblemException.invalid("x", "is wrong"));
    private static final FailedAttempt MISSING =
            FailedAttempt.withoutJob(new ProblemException(Problem.NOT_FOUND, "There is no job group 7"));
    private static final ReplayRequest AS_IT_IS = new ReplayRequest(null, null);

    private final Clock clock = Clock.systemUTC();
    private DeadLetterWriter writer;
    private DeadLetters letters;

    abstract Database database();

    @BeforeEach
    void empty() {
        new Identities(database(), clock).bootstrap();
        sql("DELETE FROM dead_letter");
        sql("DELETE FROM outbox_message");
        writer = new DeadLetterWriter(database(), 3, clock);
        letters = new DeadLetters(database(), new AuditTrail(database(), clock), clock);
    }

    private static Caller administrator(long membership, long workspace) {
        return new Caller(membership, 1, workspace, "a@example.com", Set.of(Caller.WORKSPACE_ADMIN));
    }

    private void sql(String statement) {
        JdbcClient.create(database().dataSource()).sql(statement).update();
    }

    private <T> T value(String query, Class<T> type) {
        return JdbcClient.create(database().dataSource()).sql(query).query(type).single();
    }

    private static Delivery delivery(String id, String text, String replay) {
        return new Delivery("publishing.jobs", id, 1, "TextMessage", text, 1, replay);
    }

    private List<Map<String, Object>> listed(Caller caller) {
        return letters.list(caller, Query.parse("")).data();
    }

    private long only() {
        return (long) listed(FIRST).get(0).get("id");
    }

    private String replay(long id) {
        letters.replay(FIRST, letters.prepare(FIRST, id, AS_IT_IS));
        return value("SELECT replay_id FROM dead_letter WHERE id = " + id, String.class);
    }

    @Test
    void whatCanNeverSucceedIsDeadAtOnceAndWhatMayAtItsLastDelivery() {
        assertThat(writer.isDead(REFUSED, 1, null)).isTrue();
        assertThat(writer.isDead(MISSING, 2, null)).isFalse();
        assertThat(writer.isDead(MISSING, 3, null)).isTrue();
        assertThat(writer.isDead(new FailedAttempt(false, "of a job"), 3, null)).isFalse();
    }

    @Test
    void aMessageForOneNodeIsLeftToTheRowOfItsJobUnlessItMeansNothing() {
        assertThat(writer.isDead(MISSING, 3, "here")).isFalse();
        assertThat(writer.isDead(REFUSED, 1, "here")).isTrue();
    }

    @Test
    void aMessageThatComesAgainBecauseTheProcessDiedHasOneRow() {
        for (int delivery = 1; delivery <= 2; delivery++) {
            writer.write(new Delivery("running.jobs", "ID:1", 1, "TextMessage", "x", delivery, null), REFUSED);
        }
        assertThat(listed(FIRST)).hasSize(1);

        writer.write(delivery("ID:1", "another that has its id", null), REFUSED);
        writer.write(delivery(null, "without any", null), REFUSED);
        assertThat(listed(FIRST)).hasSize(3);
    }

    @Test
    void aReplayThatFailsIsTheSameRowAlsoWhereItComesAgain() {
        writer.write(delivery("ID:1", "{\"jobGroupId\":7}", null), MISSING);
        String replay = replay(only());

        for (String id : List.of("ID:2", "ID:2", "ID:copy that the outbox sent when it died")) {
            writer.write(delivery(id, "{\"jobGroupId\":7}", replay), REFUSED);
        }

        assertThat(listed(FIRST)).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("status", "dead")
                .containsEntry("replays", 1)
                .containsEntry("messageId", "ID:2")
                .containsEntry("reason", "x is wrong"));
        assertThat(replay(only())).isNotEqualTo(replay);
    }

    @Test
    void aReplayIsWrittenForTheOutboxWithItsRow() {
        writer.write(delivery("ID:1", "{\"jobGroupId\":7}", null), MISSING);
        long id = only();
        Replay prepared = letters.prepare(FIRST, id, AS_IT_IS);

        letters.replay(FIRST, prepared);

        assertThat(value("SELECT topic FROM outbox_message", String.class)).isEqualTo("publishing.jobs");
        assertThat(value("SELECT document FROM outbox_message", String.class)).isEqualTo("{\"jobGroupId\":7}");
        assertThatThrownBy(() -> letters.replay(FIRST, prepared)).hasMessageContaining("was sent again already");
        assertThatThrownBy(() -> letters.prepare(FIRST, id, AS_IT_IS)).hasMessageContaining("was sent again already");
        assertThat(value("SELECT COUNT(*) FROM outbox_message", Long.class)).isEqualTo(1);
    }

    @Test
    void whatIsNotKeptWholeIsSentAgainOnlyCorrected() {
        writer.write(delivery("ID:1", "{\"jobGroupId\":\0}", null), REFUSED);
        assertThat(letters.get(FIRST, only()))
                .containsEntry("text", "{\"jobGroupId\":\ufffd}")
                .containsEntry("whole", false);

        assertThatThrownBy(() -> letters.prepare(FIRST, only(), AS_IT_IS)).hasMessageContaining("not all is kept");
        assertThat(letters.prepare(FIRST, only(), new ReplayRequest(null, "{}")).text())
                .isEqualTo("{}");
    }

    @Test
    void whatNoRegistryTakesIsKeptAllTheSame() {
        String hostile = "\0\ud800 ${sysenv.HOME}\u2028" + "x".repeat(2_000_000);

        writer.write(
                delivery("ID:\0\ud800" + "i".repeat(1_000), hostile, null),
                FailedAttempt.withoutJob(ProblemException.invalid(hostile, "\r\n\tis wrong")));
        writer.write(delivery("ID:2", "{\"announcedAs\":\"\\u0000\\ud800" + "a".repeat(300) + "\"}", null), REFUSED);

        assertThat(listed(FIRST)).hasSize(2);
        assertThat(listed(FIRST).get(1)).containsEntry("length", (long) hostile.length());
        assertThat((String) listed(FIRST).get(1).get("reason"))
                .startsWith("\ufffd\ufffd ${sysenv.HOME} x")
                .hasSize(500)
                .doesNotContain("\n", "\r", "\u2028");
        assertThat((String) listed(FIRST).get(0).get("announcedAs"))
                .startsWith("\ufffd\ufffda")
                .hasSize(255);
    }

    @Test
    void aDeadLetterIsSeenByTheAdministratorsOfItsWorkspaceAndOneOfNoneByThoseOfTheFirst() {
        sql("INSERT INTO workspace (uuid, name, created_at) VALUES ('" + UUID.randomUUID() + "', '" + UUID.randomUUID()
                + "', CURRENT_TIMESTAMP)");
        long workspace = value("SELECT MAX(id) FROM workspace", Long.class);
        sql("INSERT INTO membership (workspace_id, person_id, created_at) VALUES (" + workspace
                + ", 1, CURRENT_TIMESTAMP)");
        long member = value("SELECT MAX(id) FROM membership", Long.class);
        Caller other = administrator(member, workspace);
        writer.write(delivery("ID:1", "{\"personWorkspaceId\":" + member + "}", null), REFUSED);
        writer.write(delivery("ID:2", "no JSON", null), REFUSED);

        assertThat(listed(other)).extracting(row -> row.get("messageId")).containsExactly("ID:1");
        assertThat(listed(FIRST)).extracting(row -> row.get("messageId")).containsExactly("ID:2");
        long first = only();
        for (Runnable each : List.<Runnable>of(
                () -> letters.get(other, first),
                () -> letters.prepare(other, first, AS_IT_IS),
                () -> letters.dismiss(other, first))) {
            assertThatThrownBy(each::run).hasMessage("There is no dead letter " + first);
        }
        assertThatThrownBy(() -> letters.get(new Caller(1, 1, 1, "a", Set.of(Caller.DATA_ADMIN)), first))
                .hasMessageContaining("workspaceAdmin");
        assertThat(letters.count(FIRST, Query.parse(""))).containsEntry("count", 1L);
    }
}
