package dev.wharf.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.engine.TextDialect;
import dev.wharf.identity.Caller;
import dev.wharf.identity.Identities;
import dev.wharf.kernel.DataFolder;
import dev.wharf.kernel.Database;
import dev.wharf.kernel.Secret;
import dev.wharf.kernel.Settings;
import dev.wharf.testing.Databases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may run a job. */
class RunTableTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path path;

    private DataFolder folder;
    private Database database;
    private long job;

    @BeforeEach
    void aJob() {
        folder = DataFolder.open(path);
        database = Databases.open(new Settings.Registry("", "sa", Secret.NONE), folder);
        var identities = new Identities(database, Clock.systemUTC());
        identities.bootstrap();
        Caller caller = identities.byMembership(1).orElseThrow();
        JdbcClient.create(database.dataSource())
                .sql("INSERT INTO imported_dataset (uuid, workspace_id, owner_id, name, bucket, object_key,"
                        + " disable_type_inference, state, file_count, byte_count, ignored_count, created_at, updated_at)"
                        + " VALUES ('u', 1, 1, 'd', 'bucket', 'k', FALSE, 'ready', 1, 1, 0, CURRENT_TIMESTAMP,"
                        + " CURRENT_TIMESTAMP)")
                .update();
        var dataset = new Dataset(1, "d", 1, "bucket", null, false, 1, TextDialect.UNSAID);
        job = new JobTable(database).insert(caller, dataset, List.of(), START).group();
    }

    @AfterEach
    void close() throws IOException {
        database.close();
        folder.close();
    }

    private RunTable table(String process, Duration later) {
        return new RunTable(database, process, Clock.fixed(START.plus(later), ZoneOffset.UTC));
    }

    @Test
    void oneProcessTakesARunAndNoOther() {
        assertThat(table("a:1", Duration.ZERO).claim(job)).isTrue();
        assertThat(table("a:1", Duration.ZERO).claim(job)).isFalse();
        assertThat(table("b:1", Duration.ZERO).claim(job)).isFalse();
    }

    @Test
    void theNextStartOfANodeTakesOverWhatItsLastOneHad() {
        table("a:1", Duration.ZERO).claim(job);

        assertThat(table("a:2", Duration.ZERO).claim(job)).isTrue();
    }

    @Test
    void aRunThatWasGivenBackIsFree() {
        table("a:1", Duration.ZERO).claim(job);
        table("a:1", Duration.ZERO).release(job);

        assertThat(table("b:1", Duration.ZERO).claim(job)).isTrue();
    }

    /** A file on which the process ends would else end each process that takes the run over. */
    @Test
    void aRunDuringWhichTheProcessEndedTooOftenHasFailed() {
        String message = "{\"jobGroupId\":" + job + "}";
        assertThat(runs("a:1").claim(message)).isNotNull();
        assertThat(runs("a:2").claim(message)).isNotNull();

        assertThat(runs("a:3").claim(message)).isNull();

        assertThat(table("a:3", Duration.ZERO).state(job).orElseThrow().status())
                .isEqualTo("Failed");
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("SELECT failure FROM job_group")
                        .query(String.class)
                        .single())
                .contains("begun 2 times");
    }

    private Runs runs(String process) {
        var identities = new Identities(database, Clock.systemUTC());
        return new Runs(table(process, Duration.ZERO), identities, null, null, path.resolve("jobs"), 2);
    }

    @Test
    void aLostMessageIsSentAgainByOneNodeAfterTenMinutes() {
        assertThat(table("a:1", Duration.ofMinutes(9)).forgotten()).isEmpty();
        assertThat(table("a:1", Duration.ofMinutes(11)).forgotten()).containsExactly(job);
        assertThat(table("b:1", Duration.ofMinutes(11)).forgotten()).isEmpty();
        assertThat(table("b:1", Duration.ofMinutes(22)).forgotten()).containsExactly(job);
    }

    @Test
    void aRunReadsTextsAsWasSaidAtTheImport() {
        assertThat(table("a:1", Duration.ZERO).dataset(1).said()).isEqualTo(TextDialect.UNSAID);
        JdbcClient.create(database.dataSource())
                .sql("UPDATE imported_dataset SET text_header = FALSE, text_delimiter = ';', text_encoding ="
                        + " 'ISO-8859-1', text_quote = ''")
                .update();

        assertThat(table("a:1", Duration.ZERO).dataset(1).said())
                .isEqualTo(new TextDialect(false, ";", "ISO-8859-1", "none"));
    }
}
