package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.store.FolderPage;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.Admissions;
import dev.wharf.testing.MemoryStore;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A million files that are made up while they are listed, and thrown away when they were sent. */
class LargeListingTest {
    private static final int FILES = 1_000_000;
    private static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());

    @TempDir
    private Path folder;

    private final Made store = new Made();

    /** Remembers one of ten thousand objects without holding it, and at the end how many of these are held by others. */
    private static final class Made extends MemoryStore {
        private final List<WeakReference<ObjectInfo>> sample = new ArrayList<>();
        private long held;

        @Override
        public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
            return IntStream.range(0, FILES).mapToObj(this::made);
        }

        @Override
        public FolderPage folder(String bucket, String prefix, int limit, String token) {
            int from = token == null ? 0 : Integer.parseInt(token);
            List<ListedEntry> entries = IntStream.range(from, from + limit)
                    .<ListedEntry>mapToObj(number -> new ListedEntry.File(made(number)))
                    .toList();
            return new FolderPage(entries, from + limit < FILES ? String.valueOf(from + limit) : null);
        }

        private ObjectInfo made(int number) {
            var object = new ObjectInfo("in/f" + number, number, "etag", Instant.EPOCH, "STANDARD", false, null);
            if (number % 10_000 == 1) {
                sample.add(new WeakReference<>(object));
            }
            if (number == FILES - 1) {
                System.gc();
                held = sample.stream()
                        .filter(reference -> reference.get() != null)
                        .count();
            }
            return object;
        }
    }

    /** Counts lines. */
    private static final class Counting extends OutputStream implements Answer {
        private long lines;
        private boolean begun;

        @Override
        public OutputStream begin(int status, Map<String, String> headers) {
            begun = true;
            return this;
        }

        @Override
        public boolean hasBegun() {
            return begun;
        }

        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public void write(int one) {
            lines += one == '\n' ? 1 : 0;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }
    }

    private Secrets secrets() throws Exception {
        try (DataFolder data = DataFolder.open(folder)) {
            return Secrets.open(Secret.NONE, data);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&recursive=true", "&recursive=true&sort=name"})
    void aStreamedListingHoldsNothingOfWhatItHasSent(String how) throws Exception {
        var answer = new Counting();

        new Browser(new Places(store, Admissions.onConnection(1)), secrets())
                .stream(CALLER, Query.parse("uri=s3://bucket/in/?connectionId=1" + how), answer);

        assertThat(answer.lines).isEqualTo(FILES);
        assertThat(store.sample).hasSize(FILES / 10_000);
        assertThat(store.held).isLessThanOrEqualTo(1);
    }

    @Test
    void aSearchHoldsNothingOfWhatItHasSeen() throws Exception {
        var answer = new Counting();

        new Search(new Places(store, Admissions.onConnection(1)), secrets(), FILES, Duration.ofMinutes(5))
                .stream(CALLER, Query.parse("uri=s3://bucket/in/?connectionId=1&query=F99999"), answer);

        assertThat(answer.lines).isEqualTo(11);
        assertThat(store.held).isLessThanOrEqualTo(1);
    }
}
