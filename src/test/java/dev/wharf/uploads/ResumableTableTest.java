package dev.wharf.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.identity.login.Identities;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.StagedObject;
import dev.wharf.testing.Databases;
import dev.wharf.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who writes an upload, and until when it can be gone on with. */
class ResumableTableTest {
    private static final Duration LIFETIME = Duration.ofHours(48);
    private static final StagedObject BEGUN =
            new StagedObject("b", "k", "upload", List.of(), 0, null, null, List.of(), "mark");

    private final SettableClock clock = new SettableClock();
    private final String uuid = UUID.randomUUID().toString();
    private Database database;
    private ResumableTable table;
    private Caller ann;

    @BeforeEach
    void begin() {
        database = Databases.inMemory();
        var identities = new Identities(database, clock);
        identities.bootstrap();
        ann = identities.activeMember(1).orElseThrow();
        table = new ResumableTable(database, LIFETIME, clock);
        table.insert(ann, uuid, "a.csv", 10, BEGUN);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoShowsNoLifeIsTakenOverAndFindsOut() {
        String first = table.claim(ann, uuid).orElseThrow();
        clock.pass(ResumableTable.SILENCE);
        table.renew(uuid, first);
        clock.pass(ResumableTable.SILENCE);
        assertThat(table.claim(ann, uuid)).isEmpty();
        clock.pass(Duration.ofSeconds(1));

        String second = table.claim(ann, uuid).orElseThrow();

        StagedObject part = BEGUN.and("etag", "AAAAAA==", 4);
        assertThatThrownBy(() -> table.keep(uuid, first, part)).isInstanceOf(ResumableTable.ClaimLostException.class);
        assertThatThrownBy(() -> table.finish(uuid, first)).isInstanceOf(ResumableTable.ClaimLostException.class);
        table.release(uuid, first);
        table.keep(uuid, second, part);
        assertThat(table.parts(uuid)).containsExactly(new ResumableTable.Part("etag", "AAAAAA=="));
        assertThat(table.find(ann, uuid).orElseThrow().offset()).isEqualTo(4);
    }

    @Test
    void theLastPartIsAcknowledgedWithTheFile() {
        String claim = table.claim(ann, uuid).orElseThrow();
        StagedObject first = BEGUN.and("one", "AAAAAA==", 6);
        table.keep(uuid, claim, first);
        table.keep(uuid, claim, first.and("two", null, 4));

        var whole = table.find(ann, uuid).orElseThrow();
        assertThat(whole.offset()).isEqualTo(6);
        assertThat(whole.isWhole(table.parts(uuid))).isTrue();
        assertThat(whole.staged(table.parts(uuid))).isEqualTo(first.and("two", null, 4));
        table.finish(uuid, claim);

        assertThat(table.find(ann, uuid).orElseThrow().offset()).isEqualTo(10);
        assertThat(table.claim(ann, uuid)).isEmpty();
    }

    @Test
    void eachByteGivesItAnotherLife() {
        clock.pass(LIFETIME.minusMinutes(1));
        String claim = table.claim(ann, uuid).orElseThrow();
        table.keep(uuid, claim, BEGUN.and("etag", "AAAAAA==", 4));
        table.release(uuid, claim);
        clock.pass(LIFETIME.minusMinutes(1));
        assertThat(table.expired()).isEmpty();

        clock.pass(Duration.ofMinutes(2));

        assertThat(table.expired())
                .singleElement()
                .extracting(ResumableUpload::uuid)
                .isEqualTo(uuid);
        assertThat(table.claim(ann, uuid)).isEmpty();
    }
}
