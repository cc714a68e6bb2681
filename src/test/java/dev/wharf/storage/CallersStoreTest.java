package dev.wharf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.login.Identities;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.Control;
import dev.wharf.store.Control.Kind;
import dev.wharf.testing.Databases;
import dev.wharf.testing.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests of {@code aws2-s3:} pass the same door as those of {@code store:}. */
class CallersStoreTest {
    private static final Caller CALLER = new Caller(1, 1, 1, "admin@localhost", Set.of());
    private static final BucketFence FENCE = BucketFence.around("ours", List.of());

    private record Asked(Kind kind, String bucket, String key) implements Control<String> {}

    private final List<Control<?>> passed = new ArrayList<>();
    private final MemoryStore store = new MemoryStore() {
        @Override
        public <T> T control(Control<T> control) {
            passed.add(control);
            return null;
        }
    };
    private Database database;
    private AuditTrail trail;

    @BeforeEach
    void open() {
        var settings = new Settings.Registry(
                "jdbc:hsqldb:mem:" + UUID.randomUUID(), "sa", Secret.NONE, 0, 0, Duration.ofSeconds(30));
        database = Databases.open(settings, null);
        new Identities(database, Clock.systemUTC()).bootstrap();
        trail = new AuditTrail(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> recorded() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT operation || ' ' || bucket || ' ' || object_key || ' ' || outcome FROM audit_event")
                .query(String.class)
                .list();
    }

    @Test
    void aStoreThatWasOpenedForItPassesARestoreOnAndRecordsIt() {
        var restorable = new CallersStore(store, FENCE, trail, CALLER, null, Set.of(Kind.RESTORE));

        restorable.control(new Asked(Kind.RESTORE, "ours", "a"));

        assertThat(passed).containsExactly(new Asked(Kind.RESTORE, "ours", "a"));
        assertThat(recorded()).containsExactly("restoreObject ours a success");
    }

    @Test
    void aStoreThatWasOpenedForReadingAndWritingRestoresNothing() {
        var usual = new CallersStore(store, FENCE, trail, CALLER, null);

        assertThatThrownBy(() -> usual.control(new Asked(Kind.RESTORE, "ours", "a")))
                .hasMessage("s3://ours/a: the store was not opened for restoreObject");

        assertThat(passed).isEmpty();
        assertThat(recorded()).containsExactly("restoreObject ours a denied");
    }

    @Test
    void nothingPassesIntoABucketThatIsOutsideTheFence() {
        var restorable = new CallersStore(store, FENCE, trail, CALLER, null, Set.of(Kind.RESTORE));

        assertThatThrownBy(() -> restorable.control(new Asked(Kind.RESTORE, "theirs", "a")))
                .hasMessageStartingWith("Bucket theirs is not part of base storage");

        assertThat(passed).isEmpty();
        assertThat(recorded()).containsExactly("restoreObject theirs a denied");
    }
}
