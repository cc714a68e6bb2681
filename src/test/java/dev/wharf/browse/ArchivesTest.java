package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStream;
import dev.wharf.testing.Admissions;
import dev.wharf.testing.MemoryAnswer;
import dev.wharf.testing.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
    private static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());

    private final AtomicInteger open = new AtomicInteger();
    private final MemoryAnswer answer = new MemoryAnswer();
    private final MemoryStore store = new MemoryStore() {
        @Override
        public ObjectStream read(String bucket, String key, String etag) {
            open.incrementAndGet();
            return new Letters(stat(bucket, key));
        }
    };

    @TempDir
    Path folder;

    /** As many bytes as the object has. */
    private final class Letters extends ObjectStream {
        private final ObjectInfo object;
        private long left;

        Letters(ObjectInfo object) {
            this.object = object;
            this.left = object.size();
        }

        @Override
        public ObjectInfo object() {
            return object;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'a' : -1;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private void send(Executor threads) throws IOException {
        var archives = new Archives(
                new Places(store, Admissions.onConnection(1)),
                Admissions.onConnection(1),
                100_000,
                threads,
                new AuditTrail(null, Clock.systemUTC()));
        archives.send(CALLER, Query.parse("uri=s3://bucket/in/?connectionId=1"), new Get(), answer);
    }

    private record Get() implements RequestHead {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }
    }

    @Test
    void moreThanSixteenBitsCanCountAreInOneArchive() throws Exception {
        for (int number = 0; number < 66_000; number++) {
            store.with("in/" + number);
        }

        send(work -> {}); // no thread is free

        assertThat(answer.isWhole()).isTrue();
        assertThat(open).hasValue(0);
        Path file = Files.write(folder.resolve("many.zip"), answer.bytes());
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(66_000);
            assertThat(zip.getInputStream(zip.getEntry("in/65999")).readAllBytes())
                    .containsExactly('a', 'a', 'a', 'a');
        }
    }

    @Test
    void whoLeavesBeforeItBeginsIsNotListedFor() {
        store.with("in/a");
        answer.leave();

        assertThatThrownBy(() -> send(Runnable::run)).isInstanceOf(ClientGoneException.class);
        assertThat(answer.hasBegun()).isFalse();
        assertThat(open).hasValue(0);
    }
}
