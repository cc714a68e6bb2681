package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.jobs.AttemptFailedException;
import dev.wharf.testing.stub.StubHabit;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs come to their end, with the right content, also on stores that differ from AWS S3. */
class CommitOnOtherStoresTest {
    @TempDir
    private static Path results;

    private StubS3 store;
    private Processes processes;

    /** The process ends here and now. */
    private static final class Killed extends Error {}

    static Stream<Set<StubHabit>> stores() {
        return Stream.of(StubHabit.CEPH, StubHabit.SWIFT);
    }

    private void open(Set<StubHabit> habits) {
        store = StubS3.start(StubOptions.TESTS.with(habits), "bucket");
        processes = new Processes(store, results, "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc", "sa");
    }

    @AfterEach
    void closeAll() {
        processes.close();
        store.close();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aProcessThatIsKilledAtAnyPointLeavesAJobThatItsSuccessorFinishesOnce(Set<StubHabit> habits) {
        open(habits);
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

    @ParameterizedTest
    @MethodSource("stores")
    void aStagedUploadThatIsGoneIsSentAgain(Set<StubHabit> habits) {
        open(habits);
        Publishing process = processes.process("node:boot");
        PublishJob message = processes.message("gone");
        var job = process.claim(message);
        process.plan(job, message);
        processes.stage(process, job);
        store.uploads("bucket").forEach(key -> processes.store.real().abortAll("bucket", key));

        assertThatThrownBy(() -> process.commit(job)).hasMessageContaining("sent again");
        for (int delivery = 1; processes.status("gone").equals("InProgress") && delivery < 5; delivery++) {
            try {
                processes.deliver(processes.process("node:" + delivery), message, 1);
            } catch (AttemptFailedException e) {
                assertThat(e).hasMessageContaining("sent again");
            }
        }

        processes.assertPublishedOnce("gone");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void theContentIsThatOfTheNamedSourceAndTheManifestNamesItsChecksum(Set<StubHabit> habits) {
        open(habits);
        store.put("bucket", "eng/a%b.csv", "not this".getBytes(StandardCharsets.UTF_8));
        store.put("bucket", "eng/a%25b.csv", "but that".getBytes(StandardCharsets.UTF_8));
        var message = new PublishJob(
                null,
                "percent",
                1L,
                "job",
                "spark",
                List.of(new PublishJob.Result(
                        "s3://bucket/out/x.csv", "create", "csv", "none", null, List.of("s3://bucket/eng/a%25b.csv"))),
                null);

        processes.deliver(processes.process("node:boot"), message, 1);

        assertThat(processes.status("percent")).isEqualTo("Complete");
        String file = store.keys("bucket").stream()
                .filter(key -> key.endsWith("x.csv"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(store.get("bucket", file), StandardCharsets.UTF_8))
                .isEqualTo("but that");
        String marker = file.replace("x.csv", "_SUCCESS");
        assertThat(new String(store.get("bucket", marker), StandardCharsets.UTF_8))
                .containsPattern("\"md5\":\"[0-9a-f]{32}\"|\"crc32c\":\"[A-Za-z0-9+/]{6}==\"");
    }
}
