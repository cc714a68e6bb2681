package dev.wharf.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditEvent.Outcome;
import dev.wharf.identity.login.Identities;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.Databases;
import dev.wharf.testing.MemoryAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How events come to be rows. */
class AuditTrailTest {
    private static final Caller ADMIN = new Caller(1, 1, 1, "admin@localhost", Set.of(Caller.WORKSPACE_ADMIN));

    @TempDir
    Path path;

    private DataFolder folder;
    private Database database;
    private AuditTrail trail;
    private AuditEvents events;

    @BeforeEach
    void open() {
        folder = DataFolder.open(path);
        database = Databases.open(new Settings.Registry("", "sa", Secret.NONE), folder);
        new Identities(database, Clock.systemUTC()).bootstrap();
        trail = new AuditTrail(database, Clock.systemUTC());
        events = new AuditEvents(database, trail);
    }

    @AfterEach
    void close() throws IOException {
        database.close();
        folder.close();
    }

    private void note(String key) {
        trail.note(ADMIN, new AuditedAction("read", 7L, "bucket", key), Outcome.SUCCESS, null);
    }

    private long count() {
        return events.list(ADMIN, Query.parse("includeCount=true")).count();
    }

    @Test
    void aStreamHoldsWhateverThereIsOnce() throws Exception {
        for (int key = 0; key < 2_500; key++) {
            note("key" + key);
        }
        var answer = new MemoryAnswer();

        events.stream(ADMIN, Query.parse(""), answer);

        assertThat(answer.text().lines()).hasSize(2_500).doesNotHaveDuplicates();
    }

    @Test
    void aChangeThatIsUndoneLeavesNoEvent() {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    trail.record(ADMIN, AuditedAction.of("createConnection"), "lost");
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");

        assertThat(count()).isZero();
    }

    @Test
    void whatIsNoMatterOfRightsIsNotRecordedAsRefused() {
        assertThatThrownBy(() -> trail.attempt(ADMIN, AuditedAction.of("createConnection"), () -> {
                    throw new ProblemException(Problem.VALIDATION_FAILED, "name: is missing");
                }))
                .isInstanceOf(ProblemException.class);

        assertThat(count()).isZero();
    }

    @Test
    void whatTheRegistryDoesNotTakeIsWrittenLater() throws IOException {
        try (var other = DataFolder.open(path.resolve("another"));
                var empty = Databases.open(new Settings.Registry("", "sa", Secret.NONE), other)) {
            var early = new AuditTrail(empty, Clock.systemUTC());
            early.note(ADMIN, AuditedAction.of("read"), Outcome.SUCCESS, null);
            early.write(); // refused: there is no such workspace yet
            new Identities(empty, Clock.systemUTC()).bootstrap();

            assertThat(new AuditEvents(empty, early)
                            .list(ADMIN, Query.parse(""))
                            .data())
                    .hasSize(1);
        }
    }

    @Test
    void whatIsNoBucketOrKeyIsRecordedAsFarAsItFits() {
        String endless = "\ud83d\ude00".repeat(6_000);
        trail.note(ADMIN, new AuditedAction("read", null, endless, "a\0b"), Outcome.FAILED, endless);
        trail.note(ADMIN, new AuditedAction("read", null, "odd", "x" + endless), Outcome.FAILED, endless);

        var data = events.list(ADMIN, Query.parse("sort=id")).data();

        assertThat(data).hasSize(2);
        assertThat(data.get(0).key()).isEqualTo("a\u2400b");
        assertThat(data).allSatisfy(event -> {
            assertThat(event.bucket().length()).isLessThanOrEqualTo(255);
            assertThat(event.detail()).endsWith("\ud83d\ude00\u2026");
        });
        assertThat(data.get(1).key()).hasSizeLessThanOrEqualTo(1024).endsWith("\ud83d\ude00\u2026");
    }

    @Test
    void noStatementOfTheServiceChangesOrDeletesAnEvent() throws IOException {
        try (var files = Files.walk(Path.of("src/main/resources/sql"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> text(file).contains("audit_event"))
                            .map(file ->
                                    text(file).replaceAll("(?m)^--.*\n", "").split("\\s")[0]))
                    .isNotEmpty()
                    .containsOnly("INSERT", "SELECT");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
