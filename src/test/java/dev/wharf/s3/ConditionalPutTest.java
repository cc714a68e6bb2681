package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.bytes;
import static dev.wharf.s3.ObjectStoreContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How small objects are kept from overwriting others, on stores that keep conditions and on stores that do not. */
class ConditionalPutTest {
    private static final String BUCKET = "wharf-conditions";

    @Test
    void storeThatKeepsConditionsIsAskedOnceAndThenTrusted() throws IOException {
        try (var server = StubS3.start(BUCKET);
                var stores = new SdkObjectStores(new MemoryLedger(), StoreSettings.defaults())) {
            ObjectStore store = stores.open(server.access());
            write(store, "first", 1);
            server.reset();

            write(store, "second", 2);
            write(store, "third", 3);

            assertThat(server.requests("PUT", "")).hasSize(2);
            assertThat(server.requests("HEAD", "")).hasSize(2);
            assertKind(Kind.EXISTS, () -> write(store, "third", 4));
            assertThat(server.get(BUCKET, "third")).isEqualTo(random(3));
        }
    }

    @Test
    void storeThatIgnoresConditionsIsLookedAtBeforeEachWrite() throws IOException {
        try (var server = StubS3.start(StubOptions.TESTS.ignoringConditions(), BUCKET);
                var stores = new SdkObjectStores(new MemoryLedger(), StoreSettings.defaults())) {
            ObjectStore store = stores.open(server.access());
            write(store, "first", 1);
            write(store, "second", 2);

            assertKind(Kind.EXISTS, () -> write(store, "first", 3));
            assertKind(Kind.EXISTS, () -> write(store, "second", 3));
            assertThat(server.get(BUCKET, "first")).isEqualTo(random(1));
            assertThat(server.get(BUCKET, "second")).isEqualTo(random(2));
            assertThat(server.requests("PUT", "second")).hasSize(1);
        }
    }

    @Test
    void whatAStoreKeepsInOneBucketSaysNothingOfAnother() throws IOException {
        try (var server = StubS3.start(BUCKET, "another");
                var stores = new SdkObjectStores(new MemoryLedger(), StoreSettings.defaults())) {
            ObjectStore store = stores.open(server.access());
            write(store, "first", 1);

            store.write("another", "first", bytes(random(1)), OptionalLong.of(1), null);

            assertThat(server.requests("PUT", "/another/")).hasSize(2);
        }
    }

    private static void write(ObjectStore store, String key, int size) throws IOException {
        store.write(BUCKET, key, bytes(random(size)), OptionalLong.of(size), null);
    }
}
