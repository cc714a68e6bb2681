package dev.wharf.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.login.Identities;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.testing.Databases;
import dev.wharf.testing.SettableClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Imports that nobody waited for, and whose process has died. */
class DeadImportsTest {
    private final SettableClock clock = new SettableClock();
    private final Database database = Databases.inMemory();
    private final Executions executions = new Executions(database, clock);
    private final ImportTasks tasks = new ImportTasks(database, executions, new AuditTrail(database, clock), clock);
    private Caller caller;

    @BeforeEach
    void somebody() {
        var identities = new Identities(database, clock);
        identities.bootstrap();
        caller = identities.byMembership(1).orElseThrow();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long begin() {
        return database.insert(JdbcClient.create(database.dataSource())
                .sql("INSERT INTO import_task (workspace_id, owner_id, name, source, status, dataset_id, file_count,"
                        + " byte_count, ignored_count, refused_count, created_at, updated_at)"
                        + " VALUES (:workspace, :owner, 'd', 's3://b/in/', 'running', 1, 0, 0, 0, 0, :now, :now)")
                .param("workspace", caller.workspaceId())
                .param("owner", caller.personId())
                .param("now", Timestamp.from(clock.instant())));
    }

    private ImportTask ask(String executionId) {
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, "the same", () -> tasks.get(caller, begin()));
    }

    @Test
    void theyFailAndMayBeSentAgainUnderTheirIdWhileOthersGoOn() {
        ImportTask dead = ask("dead");
        Instant later = clock.instant().plusSeconds(1);
        clock.pass(Duration.ofMinutes(1));
        ImportTask alive = ask("alive");

        tasks.endDead(Timestamp.from(later));

        assertThat(tasks.get(caller, dead.id()).status()).isEqualTo("failed");
        assertThat(tasks.get(caller, dead.id()).failure()).contains("begin it again");
        assertThat(tasks.get(caller, alive.id()).status()).isEqualTo("running");
        assertThat(ask("dead").id()).isNotIn(dead.id(), alive.id());
        assertThatThrownBy(() -> ask("alive")).isInstanceOf(Executions.AlreadyDone.class);
    }
}
