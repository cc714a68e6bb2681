package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.StoreException;
import dev.wharf.testing.S3Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every statement of publishing runs on PostgreSQL as well. */
class PostgresqlPublishingTest {
    @Test
    void jobsArePublishedTakenOverAndFailedLikewise(@TempDir Path results) throws IOException {
        try (var server = EmbeddedPostgres.start();
                var bucket = S3Server.start("bucket");
                var processes = new Processes(bucket, results, server.getJdbcUrl("postgres", "postgres"), "postgres")) {
            int calls = processes.undisturbed();

            PublishJob overtaken = processes.message("overtaken");
            Publishing one = processes.process("one:boot");
            Publishing other = processes.process("other:boot");
            assertThat(one.claim(overtaken)).isNotNull();
            processes.jobs(one).renew();
            assertThat(other.claim(overtaken)).isNull();
            processes.clock.pass(Duration.ofMinutes(3));
            assertThat(processes.due(other)).hasSize(1);
            processes.deliver(other, overtaken, 1);
            processes.assertPublishedOnce("overtaken");

            PublishJob failed = processes.message("failed");
            processes.store.fail(
                    calls / 2, true, true, new StoreException(StoreException.Kind.UNAVAILABLE, "never again"));
            processes.deliver(one, failed, 3);
            processes.store.heal();
            one.upkeep().tidy();
            assertThat(processes.status("failed")).isEqualTo("Failed");
            assertThat(processes.failure("failed")).isEqualTo("never again");
            processes.assertNothingIncomplete();

            PublishJob half = halfPublished(processes, one, "half", calls);
            one.upkeep().goOn(processes.caller(), processes.id("half"));
            assertThat(processes.due(other)).hasSize(1);
            processes.deliver(other, half, 1);
            processes.assertPublishedOnce("half");

            halfPublished(processes, one, "withdrawn", calls);
            one.upkeep().withdraw(processes.caller(), processes.id("withdrawn"));
            assertThat(processes.status("withdrawn")).isEqualTo("Canceled");
            processes.assertNothingIncomplete();

            PublishJob unlisted = processes.message("unlisted");
            processes.store.failListings(new StoreException(StoreException.Kind.UNAVAILABLE, "not listed"));
            processes.deliver(one, unlisted, 1);
            processes.store.heal();
            one.upkeep().recheckListings();
            processes.assertPublishedOnce("unlisted");
        }
    }

    /** A job that failed after the decision to publish. */
    private static PublishJob halfPublished(Processes processes, Publishing process, String announcedAs, int calls) {
        PublishJob message = processes.message(announcedAs);
        processes.store.fail(calls - 2, true, true, new StoreException(StoreException.Kind.UNAVAILABLE, "never again"));
        processes.deliver(process, message, 3);
        processes.store.heal();
        assertThat(processes.isHalfPublished(announcedAs)).isTrue();
        return message;
    }
}
