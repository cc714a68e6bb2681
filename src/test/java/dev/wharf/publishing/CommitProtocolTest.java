package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.AttemptFailedException;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.Publication;
import dev.wharf.store.StoreException;
import dev.wharf.testing.S3Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of a job's files or none, whatever happens at whatever moment. */
class CommitProtocolTest {
    private static final S3Server STORE = S3Server.start("bucket");

    @TempDir
    private static Path results;

    private final Processes processes =
            new Processes(STORE, results, "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc", "sa");

    @AfterEach
    void closeAll() {
        processes.close();
    }

    @AfterAll
    static void stop() {
        STORE.close();
    }

    /** The process ends here and now. */
    private static final class Killed extends Error {}

    @Test
    void aProcessThatIsKilledAtAnyPointLeavesAJobThatItsSuccessorFinishesOnce() {
        int calls = processes.undisturbed();
        for (int call = 1; call <= calls; call++) {
            for (boolean before : new boolean[] {true, false}) {
                String announcedAs = "killed " + (before ? "before " : "after ") + call;
                PublishJob message = processes.message(announcedAs);
                processes.store.fail(call, before, false, new Killed());
                assertThatThrownBy(() -> processes.deliver(processes.process("node:" + announcedAs), message, 1))
                        .isInstanceOf(Killed.class);
                processes.assertMarkerIsLast(announcedAs);

                processes.store.heal();
                processes.deliver(processes.process("node:next"), message, 2);

                processes.assertPublishedOnce(announcedAs);
            }
        }
    }

    @Test
    void aFailureAtAnyPointThatPassesEndsInOnePublication() {
        int calls = processes.undisturbed();
        for (int call = 1; call <= calls; call++) {
            String announcedAs = "unavailable " + call;
            Publishing process = processes.process("node:boot");
            PublishJob message = processes.message(announcedAs);
            processes.store.fail(call, true, false, new StoreException(StoreException.Kind.UNAVAILABLE, "not now"));
            try {
                processes.deliver(process, message, 1);
            } catch (AttemptFailedException e) {
                assertThat(processes.status(announcedAs)).isEqualTo("InProgress");
            }

            processes.store.heal();
            processes.deliver(process, message, 2);

            processes.assertPublishedOnce(announcedAs);
        }
    }

    @Test
    void aFailureAtAnyPointThatStaysLeavesAllOrNothing() {
        int calls = processes.undisturbed();
        for (int call = 1; call <= calls; call++) {
            String announcedAs = "broken " + call;
            Publishing process = processes.process("node:boot");
            PublishJob message = processes.message(announcedAs);
            processes.store.fail(call, true, true, new StoreException(StoreException.Kind.UNAVAILABLE, "never again"));
            try {
                processes.deliver(process, message, 3);
            } catch (AttemptFailedException e) {
                assertThat(e).hasMessage("never again");
            }
            processes.assertMarkerIsLast(announcedAs);

            processes.store.heal();
            process.upkeep().tidy();
            if (processes.isHalfPublished(announcedAs)) {
                assertThat(processes.failure(announcedAs))
                        .startsWith("never again. Visible (")
                        .contains(" of 2): ", "Not visible (", "/publish goes on", "orders.csv", "c.csv");
                process.upkeep().goOn(processes.caller(), processes.id(announcedAs));
                assertThat(processes.due(process)).hasSize(1);
                processes.deliver(process, message, 1);
                process.upkeep().recheckListings();
                processes.assertPublishedOnce(announcedAs);
            } else if (processes.status(announcedAs).equals("Failed")) {
                assertThat(processes.written(announcedAs)).isEmpty();
                assertThat(processes.value("SELECT COUNT(*) FROM result_file WHERE state <> 'published'", Long.class))
                        .isZero();
                processes.assertNothingIncomplete();
                processes.deliver(process, message, 3);
                assertThat(processes.status(announcedAs)).isEqualTo("Failed");
                assertThat(processes.failure(announcedAs)).isEqualTo("never again");
                assertThatThrownBy(() -> process.upkeep().goOn(processes.caller(), processes.id(announcedAs)))
                        .hasMessageContaining("POST /v4/jobGroups starts anew");
            } else {
                process.upkeep().recheckListings();
                processes.assertPublishedOnce(announcedAs);
            }
        }
    }

    @Test
    void aJobThatFailedAfterTheDecisionCanBeWithdrawnAndLeavesWhatIsVisible() {
        int calls = processes.undisturbed();
        int withdrawn = 0;
        for (int call = 1; call <= calls; call++) {
            String announcedAs = "withdrawn " + call;
            Publishing process = processes.process("node:boot");
            PublishJob message = processes.message(announcedAs);
            processes.store.fail(call, true, true, new StoreException(StoreException.Kind.UNAVAILABLE, "not now"));
            for (int attempt = 1;
                    attempt <= 3 && !processes.status(announcedAs, "").matches("Failed|Complete");
                    attempt++) {
                try {
                    processes.deliver(process, message, attempt);
                } catch (AttemptFailedException e) {
                    assertThat(e).hasMessage("not now");
                }
            }
            processes.store.heal();
            if (processes.isHalfPublished(announcedAs)) {
                withdrawn++;
                var visible = processes.written(announcedAs);
                var somebodyElse = new Caller(2, 2, 1, "else@localhost", Set.of());
                assertThatThrownBy(() -> process.upkeep().withdraw(somebodyElse, processes.id(announcedAs)))
                        .hasMessageContaining("no job group");
                assertThatThrownBy(() -> process.upkeep().goOn(somebodyElse, processes.id(announcedAs)))
                        .hasMessageContaining("no job group");

                process.upkeep().withdraw(processes.caller(), processes.id(announcedAs));

                assertThat(processes.status(announcedAs)).isEqualTo("Canceled");
                assertThat(processes.written(announcedAs)).isEqualTo(visible);
                assertThat(processes.failure(announcedAs))
                        .startsWith("Withdrawn by ")
                        .contains("Visible (");
                assertThatThrownBy(() -> process.upkeep().withdraw(processes.caller(), processes.id(announcedAs)))
                        .hasMessageContaining("is Canceled");
                assertThat(process.claim(message)).isNull();
            }
            process.upkeep().tidy();
            processes.assertNothingIncomplete();
        }
        assertThat(withdrawn).isPositive();
    }

    /** Whoever gets the message counts the attempts, whatever the broker says. */
    @Test
    void aJobThatEndsTheProcessEachTimeHasFailedInTheEnd() {
        PublishJob message = processes.message("deadly");
        for (int attempt = 1; attempt <= 3; attempt++) {
            processes.store.fail(1, true, true, new Killed());
            Publishing process = processes.process("node:" + attempt);
            assertThatThrownBy(() -> processes.deliver(process, message, 1)).isInstanceOf(Killed.class);
            processes.clock.pass(Duration.ofMinutes(3));
            assertThat(processes.due(processes.process("other:boot"))).hasSize(1);
        }
        processes.store.heal();

        processes.deliver(processes.process("node:last"), message, 1);

        assertThat(processes.status("deadly")).isEqualTo("Failed");
        assertThat(processes.failure("deadly")).contains("3 times");
        processes.assertNothingIncomplete();
    }

    @Test
    void aStagedUploadThatSomebodyAbortedIsSentAgain() {
        Publishing process = processes.process("node:boot");
        PublishJob message = processes.message("aborted");
        Publication job = process.claim(message);
        process.plan(job, message);
        processes.stage(process, job);
        STORE.uploads("bucket").forEach(key -> processes.store.real().abortAll("bucket", key));

        assertThatThrownBy(() -> process.commit(job)).hasMessageContaining("sent again");
        assertThat(process.giveUp(job, new StoreException(StoreException.Kind.UNAVAILABLE, "x")))
                .isEqualTo(new FailedAttempt(false, "x"));
        for (int delivery = 2; processes.status("aborted").equals("InProgress"); delivery++) {
            try {
                processes.deliver(process, message, Math.min(delivery, 2));
            } catch (AttemptFailedException e) {
                assertThat(e).hasMessageContaining("sent again");
            }
        }

        processes.assertPublishedOnce("aborted");
    }

    @Test
    void ofTwoProcessesWithTheSameMessageOneWorks() {
        Publishing one = processes.process("one:boot");
        Publishing other = processes.process("other:boot");
        PublishJob message = processes.message("twice");

        Publication job = one.claim(message);

        assertThat(other.claim(message)).isNull();
        assertThat(one.claim(message)).isNull();
        one.plan(job, message);
        processes.stage(one, job);
        one.commit(job);
        one.writeManifests(job);
        one.finish(job, one.awaitListing(job));
        assertThat(other.claim(message)).isNull();
        processes.assertPublishedOnce("twice");
    }

    @Test
    void anotherNodeTakesAJobOverWhenItsProcessNoLongerShowsThatItLives() {
        Publishing one = processes.process("one:boot");
        Publishing other = processes.process("other:boot");
        PublishJob message = processes.message("overtaken");
        Publication job = one.claim(message);
        one.plan(job, message);

        processes.clock.pass(Duration.ofSeconds(100));
        processes.jobs(one).renew();
        processes.clock.pass(Duration.ofSeconds(100));
        assertThat(other.claim(message)).isNull();
        assertThat(processes.due(other)).isEmpty();

        processes.clock.pass(Duration.ofSeconds(100));
        assertThat(processes.due(other)).hasSize(1);
        assertThat(processes.due(one)).isEmpty();
        processes.deliver(other, message, 1);

        processes.assertPublishedOnce("overtaken");
        assertThatThrownBy(() -> one.destination(one.staging(job), null)).hasMessageContaining("taken over");
        assertThat(one.giveUp(Processes.attempt(job, 3), new StoreException(StoreException.Kind.UNAVAILABLE, "late")))
                .isEqualTo(new FailedAttempt(false, "late"));
        processes.assertPublishedOnce("overtaken");
    }
}
