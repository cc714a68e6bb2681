package dev.wharf.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files of an inbox are taken, and when. */
class InboxWatchTest {
    private static final Duration QUIET = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private InboxWatch watch;
    private Path owner;

    @BeforeEach
    void open() throws IOException {
        Inbox inbox = Inbox.open(folder);
        watch = new InboxWatch(inbox, QUIET, Duration.ofSeconds(2), nanos::get);
        owner = Files.createDirectory(inbox.path().resolve("ann@example.com"));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private boolean isTakenLater(Path file) {
        watch.accepts(file);
        pass(QUIET);
        return watch.accepts(file);
    }

    @Test
    void aFileIsTakenOnceItHasNotChangedForAWhile() throws IOException {
        Path file = Files.writeString(owner.resolve("a.csv"), "a");
        assertThat(watch.accepts(file)).isFalse();
        pass(QUIET.minusSeconds(1));
        Files.writeString(file, "ab");
        assertThat(watch.accepts(file)).isFalse();
        pass(QUIET.minusSeconds(1));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1)); // as programs do that keep the times of what they copy
        assertThat(watch.accepts(file)).isFalse();
        pass(QUIET.minusSeconds(1));
        assertThat(watch.accepts(file)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(watch.accepts(file)).isTrue();
    }

    @Test
    void aFileInThePlaceOfAnotherBeginsToWait() throws IOException {
        Path file = Files.writeString(owner.resolve("a.csv"), "a");
        FileTime time = Files.getLastModifiedTime(file);
        watch.accepts(file);
        pass(QUIET);
        Path other = Files.writeString(owner.resolve("b.csv"), "b");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(watch.accepts(file)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {".x", ".x.csv", "x.csv.part", "x.tmp", "X.CRDOWNLOAD", "x.filepart"})
    void hiddenAndUnfinishedNamesWait(String name) throws IOException {
        Path file = Files.writeString(owner.resolve(name), "a");

        assertThat(isTakenLater(file)).isFalse();
        assertThat(isTakenLater(Files.move(file, owner.resolve("x.csv")))).isTrue();
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path secret = Files.writeString(Files.createTempDirectory("elsewhere").resolve("secret"), "x");

        assertThat(isTakenLater(Files.createSymbolicLink(owner.resolve("a.csv"), secret)))
                .isFalse();
        assertThat(watch.accepts(Files.createSymbolicLink(owner.resolve("uploading"), secret.getParent())))
                .isFalse();
        assertThat(watch.accepts(Files.createSymbolicLink(folder.resolve("bob@example.com"), secret.getParent())))
                .isFalse();
        assertThat(isTakenLater(Files.createLink(owner.resolve("a link that is a file.csv"), secret)))
                .isTrue();
    }

    @Test
    void whatWasMovedAwayAndFoldersOfFoldersAreNotLookedInto() throws IOException {
        for (String name : new String[] {"done", "failed", "more"}) {
            assertThat(watch.accepts(Files.createDirectory(owner.resolve(name))))
                    .as(name)
                    .isFalse();
        }
        assertThat(watch.accepts(owner)).isTrue();
    }

    @Test
    void whatWasSetAsideIsTakenAtOnceAndAfterAFailureLaterAndLater() throws IOException {
        Path aside = Files.createDirectories(
                owner.resolve("uploading").resolve(UUID.randomUUID().toString()));
        Path file = Files.writeString(aside.resolve("a.csv"), "a");
        assertThat(watch.accepts(aside)).isTrue();
        assertThat(watch.accepts(file)).isTrue();

        for (int seconds : new int[] {2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
            assertThat(watch.postpone(file)).isEqualTo(Duration.ofSeconds(seconds));
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(watch.accepts(file)).isFalse();
            pass(Duration.ofNanos(1));
            assertThat(watch.accepts(file)).isTrue();
        }
    }

    @Test
    void anInboxThatCannotBeUsedIsRefusedWithTheReason() throws IOException {
        assertThatThrownBy(() -> Inbox.open(folder.resolve("none")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("wharf.uploads.inbox " + folder.resolve("none")
                        + " does not exist: make it, or unset the setting");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> Inbox.open(file))
                .isInstanceOf(SettingsException.class)
                .hasMessage("wharf.uploads.inbox " + file + " is no folder");
        Path readOnly = Path.of("/proc/self"); // also to the superuser
        if (Files.isDirectory(readOnly)) {
            assertThatThrownBy(() -> Inbox.open(readOnly))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("cannot be written by this process");
        }
    }
}
