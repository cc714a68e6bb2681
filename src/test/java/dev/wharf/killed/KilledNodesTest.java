package dev.wharf.killed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of two nodes one is killed at any moment, again and again, while they publish and run. {@code -Dkills} says how often,
 * {@code -Dkills.seed} where the moments come from; the report is left beside the build.
 */
class KilledNodesTest {
    private static final int KILLS = Integer.getInteger("kills", 10);
    private static final long SEED = Long.getLong("kills.seed", System.currentTimeMillis());
    private static final Path REPORT = Path.of("target/killed-nodes.txt");
    private static final int PUBLICATIONS = 8;
    private static final int PUBLICATIONS_MEANWHILE = 3;
    /** After the work was sent, in milliseconds. */
    private static final int LATEST_MOMENT = 1500;

    @TempDir
    Path folder;

    @Test
    void whateverMomentANodeIsKilledAtEverythingIsPublishedOnceAndWholeAndToldOf() throws IOException {
        var random = new Random(SEED);
        long begun = System.nanoTime();
        try (var nodes = new TwoNodes(folder);
                var events = new Events(nodes.brokerUrl);
                var work = new Work(nodes, random)) {
            var history = new History(nodes, work, events);
            for (int kill = 0; kill < KILLS; kill++) {
                nodes.awaitStarted(0);
                nodes.awaitStarted(1);
                work.publish(PUBLICATIONS);
                var run = CompletableFuture.runAsync(work::run);
                Duration moment = Duration.ofMillis(random.nextInt(LATEST_MOMENT));
                await().pollDelay(moment).until(() -> true);
                nodes.kill(random.nextInt(2));
                work.publish(PUBLICATIONS_MEANWHILE);
                run.join();
            }
            nodes.awaitStarted(0);
            nodes.awaitStarted(1);

            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> history.open() == 0);
            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> history.untold() == 0);
            report(history, begun);
            var softly = new SoftAssertions();
            history.check(softly);
            softly.check(() -> assertThat(nodes.store.uploads("target"))
                    .as("seed %d", SEED)
                    .isEmpty());
            softly.assertAll();
        }
    }

    private static void report(History history, long begun) throws IOException {
        String text = "kills: " + KILLS + ", seed: " + SEED + "\n" + history.report() + "seconds: "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + "\n";
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, text);
        System.out.print(text);
    }
}
