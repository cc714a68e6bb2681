package dev.wharf.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.datasets.DatasetFile;
import dev.wharf.engine.file.EngineInput;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStream;
import dev.wharf.testing.MemoryStore;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchingTest {
    private static final DatasetFile FIRST = new DatasetFile(0, "a", 10, "e");
    private static final DatasetFile SECOND = new DatasetFile(1, "b", 20, "e");

    private final Fetching fetching = new Fetching();

    private static final class OpenFile extends ObjectStream {
        private boolean closed;

        @Override
        public ObjectInfo object() {
            return MemoryStore.object("a");
        }

        @Override
        public int read() {
            return -1;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void filesAreInTheOrderOfTheDatasetHoweverTheyCame() {
        fetching.add(SECOND, new EngineInput(Path.of("000001"), "b"));
        fetching.add(FIRST, new EngineInput(Path.of("000000"), "a"));

        assertThat(fetching.inputs()).extracting(EngineInput::displayName).containsExactly("a", "b");
    }

    @Test
    void whatIsUnderWayCountsUntilItIsThere() {
        var file = new OpenFile();
        fetching.add(FIRST, new EngineInput(Path.of("000000"), "a"));
        fetching.begin(file);
        fetching.read(file, 7);

        assertThat(fetching.bytes()).isEqualTo(17);
        assertThat(fetching.files()).isEqualTo(1);

        fetching.end(file);
        fetching.add(SECOND, new EngineInput(Path.of("000001"), "b"));

        assertThat(fetching.bytes()).isEqualTo(30);
    }

    @Test
    void aFailureBreaksOffWhatIsUnderWayAndNothingFurtherBegins() {
        var files = fetching.of(List.of(FIRST, SECOND).iterator());
        assertThat(files.next()).isEqualTo(FIRST);
        var before = new OpenFile();
        fetching.begin(before);
        var reason = new IllegalStateException("the first");

        fetching.fail(FIRST, reason);

        assertThat(before.closed).isTrue();
        assertThat(files.hasNext()).isFalse();
        var late = new OpenFile();
        fetching.begin(late);
        assertThat(late.closed).isTrue();
        fetching.fail(SECOND, new IllegalStateException("because of it"));
        assertThat(fetching.failure()).isEqualTo(new Fetching.Failure(FIRST, reason));
    }

    @Test
    void filesThatCannotBeListedAreAFailureToo() {
        var reason = new IllegalStateException("the registry is away");
        var files = fetching.of(new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw reason;
            }

            @Override
            public DatasetFile next() {
                throw reason;
            }
        });

        assertThat(files.hasNext()).isFalse();
        assertThat(fetching.failure().cause()).isSameAs(reason);
    }
}
