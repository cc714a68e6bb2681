package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.FailedAttempt.DeadLetter;
import dev.wharf.jobs.Publication;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes stage the files of one job, whatever becomes of either and of the messages between them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedFilesContract {
    private static final int FILES = 3;

    private S3Server bucket;
    private Processes processes;
    private Publishing one;
    private Publishing two;
    private String name;
    private PublishJob message;
    private Publication job;

    /** The address of an empty registry. */
    abstract String database() throws IOException;

    abstract String user();

    @BeforeAll
    void open(@TempDir Path results) throws IOException {
        bucket = S3Server.start("bucket");
        processes = new Processes(bucket, results, database(), user());
        one = processes.sharing("one:boot");
        two = processes.sharing("two:boot");
    }

    @BeforeEach
    void live() {
        processes.jobs(one).renew();
        processes.jobs(two).renew();
        name = UUID.randomUUID().toString();
    }

    @AfterAll
    void close() throws IOException {
        processes.close();
        bucket.close();
    }

    /** The first node begins to stage a job's files. */
    private Staging begin(int files) {
        return begin(one, processes.messageOf(name, files));
    }

    private Staging begin(Publishing process, PublishJob what) {
        message = what;
        job = process.claim(message);
        process.plan(job, message);
        return process.staging(job);
    }

    private FileMessage tell(Staging staging, PendingFile file) {
        return two.sharedFiles().read(one.sharedFiles().message(staging, file));
    }

    /** What the second node does with a message; false if that is nothing. */
    private boolean help(FileMessage told, boolean again) {
        Staging joined = two.sharedFiles().join(told, again);
        return joined != null && Processes.stage(two, joined, joined.getFile());
    }

    private List<PendingFile> pending() {
        return processes.pending(job);
    }

    private String claimOf(PendingFile file) {
        return processes.value("SELECT claimed_by FROM result_file WHERE id = " + file.id(), String.class);
    }

    private void finish(Publishing process) {
        process.commit(job);
        process.writeManifests(job);
        process.finish(job, process.awaitListing(job));
        assertThat(processes.status(name)).isEqualTo("Complete");
        assertThat(processes.written(name)).hasSize(2 * FILES);
        processes.assertNothingIncomplete();
    }

    @Test
    void aJobIsSharedWhereItHasSeveralFilesThatAnotherLivingNodeCanRead() {
        assertThat(begin(FILES).isShared()).isTrue();
        assertThat(begin(one, processes.messageOf(name + "-one-file", 1)).isShared())
                .isFalse();
        assertThat(begin(one, processes.message(name + "-on-disk")).isShared()).isFalse();
        assertThat(begin(processes.process("three:boot"), processes.messageOf(name + "-own-queue", FILES))
                        .isShared())
                .isFalse();
        processes.clock.pass(Duration.ofMinutes(3));
        processes.jobs(one).renew();
        assertThat(begin(one, processes.messageOf(name + "-alone", FILES)).isShared())
                .isFalse();
    }

    @Test
    void bothStageAndTheNodeThatHasTheJobMakesAllVisible() {
        Staging staging = begin(FILES);
        List<PendingFile> files = pending();

        assertThat(help(tell(staging, files.get(2)), false)).isTrue();
        files.forEach(file -> Processes.stage(one, staging, file));
        one.sharedFiles().gather(staging);

        assertThat(staging.isIncomplete()).isFalse();
        assertThat(files).extracting(this::claimOf).containsExactly("one:boot/1", "one:boot/1", "two:boot/1");
        finish(one);
    }

    @Test
    void whatOneIsAtTheOtherDoesNotBeginHoweverOftenItIsTold() {
        Staging staging = begin(FILES);
        List<PendingFile> files = pending();
        Staging joined = two.sharedFiles().join(tell(staging, files.get(0)), false);
        Destination theirs = two.destination(joined, joined.getFile());

        assertThat(Processes.stage(one, staging, files.get(0))).isFalse();
        assertThat(help(tell(staging, files.get(0)), false)).isFalse();
        assertThat(help(tell(staging, files.get(0)), true)).isFalse();

        two.staged(joined, theirs, Processes.stage(theirs.place(), two.source(joined, theirs)));
        assertThat(help(tell(staging, files.get(0)), false)).isFalse();
        files.forEach(file -> Processes.stage(one, staging, file));
        one.sharedFiles().gather(staging);
        finish(one);
    }

    @Test
    void aMessageThatComesAgainSinceItsNodeDiedIsFollowedByAnotherOne() {
        Staging staging = begin(FILES);
        PendingFile file = pending().get(0);
        Publishing three = processes.sharing("three:boot");
        Staging dead = three.sharedFiles().join(tell(staging, file), false);
        Destination to = three.destination(dead, dead.getFile());
        Processes.stage(to.place(), three.source(dead, to)); // and then it dies

        assertThat(help(tell(staging, file), false)).isFalse();
        assertThat(help(tell(staging, file), true)).isTrue();

        assertThat(claimOf(file)).isEqualTo("two:boot/1");
        assertThat(bucket.uploads("bucket")).hasSize(1);
        pending().forEach(left -> Processes.stage(one, staging, left));
        one.sharedFiles().gather(staging);
        finish(one);
    }

    @Test
    void aMessageThatComesBackToTheNodeThatHasTheJobIsFollowedThere() {
        Staging staging = begin(FILES);
        PendingFile file = pending().get(0);
        FileMessage told = tell(staging, file);
        Staging dead = two.sharedFiles().join(told, false);
        assertThat(two.destination(dead, dead.getFile())).isNotNull(); // and then it dies

        Staging returned = one.sharedFiles().join(told, true);
        assertThat(Processes.stage(one, returned, returned.getFile())).isTrue();

        pending().forEach(left -> Processes.stage(one, staging, left));
        one.sharedFiles().gather(staging);
        finish(one);
    }

    @Test
    void aMessageThatComesAgainTakesNothingFromTheNodeThatHasTheJob() {
        Staging staging = begin(FILES);
        PendingFile file = pending().get(0);
        Destination own = one.destination(staging, file);

        assertThat(help(tell(staging, file), true)).isFalse();

        one.staged(staging, own, Processes.stage(own.place(), one.source(staging, own)));
        pending().forEach(left -> Processes.stage(one, staging, left));
        one.sharedFiles().gather(staging);
        finish(one);
    }

    @Test
    void whatANodeHasLeftWhoseMessageIsLostIsDoneByTheNodeThatHasTheJob() {
        Staging staging = begin(FILES);
        List<PendingFile> files = pending();
        Staging joined = two.sharedFiles().join(tell(staging, files.get(0)), false);
        Destination theirs = two.destination(joined, joined.getFile());
        Processes.stage(theirs.place(), two.source(joined, theirs)); // and then it dies
        files.forEach(file -> Processes.stage(one, staging, file));
        assertThat(pending()).hasSize(1);

        processes.clock.pass(Duration.ofMinutes(3));
        processes.jobs(one).renew();
        one.sharedFiles().gather(staging);

        assertThat(staging.isIncomplete()).isTrue();
        assertThat(pending()).allSatisfy(file -> assertThat(Processes.stage(one, staging, file))
                .isTrue());
        one.sharedFiles().gather(staging);
        finish(one);
    }

    @Test
    void aFileThatTakesLongStaysWithItsNode() {
        Staging staging = begin(FILES);
        List<PendingFile> files = pending();
        Staging joined = two.sharedFiles().join(tell(staging, files.get(0)), false);
        Destination theirs = two.destination(joined, joined.getFile());

        for (int minute = 0; minute < 5; minute++) {
            processes.clock.pass(Duration.ofMinutes(1));
            List.of(one, two).forEach(process -> process.sharedFiles().renew());
        }

        assertThat(Processes.stage(one, staging, files.get(0))).isFalse();
        assertThat(two.destination(joined, joined.getFile())).isNull();
        assertThat(theirs).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "there"})
    void aFileThatFailsEndsTheAttemptWithItsReasonAndNoFurtherOneIsBegun(String where) {
        Staging staging = begin(FILES);
        List<PendingFile> files = pending();
        FileMessage told = tell(staging, files.get(0));
        var refusal = new StoreException(Kind.DENIED, "may not be written");
        if (where.equals("here")) {
            one.destination(staging, files.get(1));
            one.failed(staging, files.get(1), refusal);
        } else {
            Staging joined = two.sharedFiles().join(tell(staging, files.get(1)), false);
            two.destination(joined, joined.getFile());
            two.failed(joined, joined.getFile(), refusal);
        }

        assertThat(Processes.stage(one, staging, files.get(2))).isFalse();
        assertThat(help(told, false)).isFalse();
        assertThatThrownBy(() -> one.sharedFiles().gather(staging))
                .hasMessage("may not be written")
                .satisfies(failure ->
                        assertThat(((ProblemException) failure).problem()).isEqualTo(refusal.problem()));
        assertThat(one.giveUp(job, refusal).over()).isTrue();
        assertThat(processes.failure(name)).isEqualTo("may not be written");
        processes.assertNothingIncomplete();
    }

    @Test
    void theNextAttemptBeginsWithoutTheFailureAndTheMessagesOfTheFirstOne() {
        Staging first = begin(FILES);
        List<PendingFile> files = pending();
        FileMessage late = tell(first, files.get(2));
        Staging joined = two.sharedFiles().join(tell(first, files.get(1)), false);
        Destination theirs = two.destination(joined, joined.getFile());
        StagedObject theirUpload = Processes.stage(theirs.place(), two.source(joined, theirs));
        one.destination(first, files.get(0));
        one.failed(first, files.get(0), new StoreException(Kind.UNAVAILABLE, "not now"));
        assertThat(one.giveUp(job, new StoreException(Kind.UNAVAILABLE, "not now"))
                        .over())
                .isFalse();

        assertThat(help(late, false)).isFalse();
        Staging second = begin(one, message);
        assertThat(help(late, false)).isFalse();
        pending().forEach(file -> assertThat(Processes.stage(one, second, file)).isTrue());
        two.staged(joined, theirs, theirUpload);
        one.sharedFiles().gather(second);

        assertThat(files).extracting(this::claimOf).containsOnly("one:boot/2");
        finish(one);
    }

    @Test
    void aFailureThatComesLateIsNoneOfTheNextAttempts() {
        Staging first = begin(FILES);
        Staging joined = two.sharedFiles().join(tell(first, pending().get(1)), false);
        two.destination(joined, joined.getFile());
        one.giveUp(job, new StoreException(Kind.UNAVAILABLE, "not now"));
        Staging second = begin(one, message);

        two.failed(joined, joined.getFile(), new StoreException(Kind.DENIED, "never"));

        pending().forEach(file -> Processes.stage(one, second, file));
        one.sharedFiles().gather(second);
        finish(one);
    }

    @Test
    void ofAJobThatIsCanceledNothingIsBegunAndNothingStays() {
        Staging staging = begin(FILES);
        List<PendingFile> files = pending();
        Staging joined = two.sharedFiles().join(tell(staging, files.get(1)), false);
        Destination theirs = two.destination(joined, joined.getFile());
        FileMessage late = tell(staging, files.get(2));

        one.upkeep().cancel(processes.caller(), job.jobGroupId());

        assertThat(help(late, false)).isFalse();
        assertThat(Processes.stage(one, staging, files.get(0))).isFalse();
        two.staged(joined, theirs, Processes.stage(theirs.place(), two.source(joined, theirs)));
        Throwable failure = catchThrowable(() -> one.sharedFiles().gather(staging));
        assertThat(((ProblemException) failure).problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("canceled");
        assertThat(one.giveUp(job, failure).over()).isTrue();
        processes.assertNothingIncomplete();
    }

    @Test
    void aMessageThatSaysOtherThanTheRowsDoesNothing() {
        Staging staging = begin(FILES);
        long file = pending().get(0).id();
        long group = job.jobGroupId();

        assertThat(help(new FileMessage(group, file, "two:boot", 1), false)).isFalse();
        assertThat(help(new FileMessage(group, file, "one:boot", 2), false)).isFalse();
        assertThat(help(new FileMessage(group, file, "' OR '1' = '1", 1), true)).isFalse();
        assertThat(help(new FileMessage(group + 1, file, "one:boot", 1), true)).isFalse();
        assertThat(help(new FileMessage(group, Long.MAX_VALUE, "one:boot", 1), true))
                .isFalse();

        assertThat(pending()).hasSize(FILES);
        assertThat(staging.isIncomplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "[]",
                "{}",
                "{\"jobGroupId\": 1, \"fileId\": 0, \"process\": \"one:boot\", \"attempt\": 1}",
                "{\"jobGroupId\": \"1\", \"fileId\": 1, \"process\": \"one:boot\", \"attempt\": 1}",
                "{\"jobGroupId\": 1, \"fileId\": 1, \"process\": \"\", \"attempt\": 1}"
            })
    void aMessageThatIsNoneIsADeadLetterAtOnce(String text) {
        assertThatThrownBy(() -> two.sharedFiles().read(text))
                .satisfies(failure -> assertThat(two.sharedFiles().refuse(failure))
                        .extracting(FailedAttempt::over, FailedAttempt::deadLetter)
                        .containsExactly(false, DeadLetter.AT_ONCE));
    }

    @Test
    void whatCannotBeDoneHereNowIsLeftToTheNodeThatHasTheJob() {
        assertThat(two.sharedFiles()
                        .refuse(new ProblemException(Problem.UNAVAILABLE, "the registry is away"))
                        .over())
                .isTrue();
    }

    @Test
    void aMessageIsAsTheContractSays() {
        Staging staging = begin(FILES);
        PendingFile file = pending().get(0);

        assertThat(Json.read(one.sharedFiles().message(staging, file), FileMessage.class))
                .isEqualTo(new FileMessage(job.jobGroupId(), file.id(), "one:boot", 1));
    }
}
