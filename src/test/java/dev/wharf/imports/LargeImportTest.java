package dev.wharf.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.Databases;
import dev.wharf.testing.MemoryStore;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route of imports over a folder of 200,000 files that are made up while they are read. */
class LargeImportTest extends ImportRoutes {
    private static final int FILES = 200_000;

    @TempDir
    private Path folder;

    private final Listing store = new Listing();
    private DataFolder data;
    private Database database;

    /** Remembers one of a hundred objects without holding it, and at the end how many of these are held by others. */
    private static final class Listing extends MemoryStore {
        private final List<WeakReference<ObjectInfo>> sample = new ArrayList<>();
        private long held;
        private boolean closed;
        private int failsAt = Integer.MAX_VALUE;

        @Override
        public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
            return IntStream.range(0, FILES).mapToObj(this::made).onClose(() -> closed = true);
        }

        private ObjectInfo made(int number) {
            if (number >= failsAt) {
                throw new IllegalStateException("The listing broke off");
            }
            String name = number % 1000 == 0 ? "_SUCCESS" : number + ".csv";
            var object =
                    new ObjectInfo("in/" + number / 1000 + "/" + name, 1, "e", Instant.EPOCH, "STANDARD", false, null);
            if (number % 100 == 1) {
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

    @Override
    Database database() {
        if (database == null) {
            data = DataFolder.open(folder);
            database = withAConnection(Databases.open(new Settings.Registry("", "sa", Secret.NONE), data));
        }
        return database;
    }

    @Override
    MemoryStore store() {
        return store;
    }

    @AfterEach
    void close() throws IOException {
        context.stop();
        database.close();
        data.close();
    }

    @Test
    void ofAFolderOfAnySizeNoMoreThanABatchIsHeld() {
        var answer = create("in/").getMessage();

        assertThat(Json.write(answer.getBody())).contains("\"fileCount\":199800", "\"ignoredCount\":200");
        assertThat(count("manifest_file")).isEqualTo(199_800);
        assertThat(store.held).isLessThan(50);
        assertThat(store.closed).isTrue();
    }

    @Test
    void aListingThatBreaksOffAfterManyBatchesLeavesNothing() {
        store.failsAt = 25_000;

        assertThat(status(create("in/"))).isEqualTo(500);
        assertThat(count("manifest_file")).isZero();
        assertThat(count("imported_dataset")).isZero();
        assertThat(store.closed).isTrue();
    }
}
