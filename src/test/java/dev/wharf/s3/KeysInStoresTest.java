package dev.wharf.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStore.Order;
import dev.wharf.testing.Keys;
import dev.wharf.testing.stub.StubS3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever its key, an object is found again under exactly that key by every operation of a store. */
@Domain(Keys.class)
class KeysInStoresTest {
    private static StubS3 s3;
    private static SdkObjectStores stores;
    private static ObjectStore store;

    @BeforeContainer
    static void start() {
        s3 = StubS3.start();
        stores = new SdkObjectStores(new MemoryLedger(), StoreSettings.defaults());
        store = stores.open(s3.access());
    }

    @AfterContainer
    static void stop() {
        stores.close();
        s3.close();
    }

    @Property(tries = 60)
    void whatIsWrittenIsListedAndReadUnderItsKey(@ForAll String key) throws IOException {
        String bucket = newBucket();

        store.write(bucket, key, body(key), OptionalLong.empty(), null);

        assertThat(s3.keys(bucket)).containsExactly(key);
        assertThat(store.stat(bucket, key).key()).isEqualTo(key);
        assertThat(text(bucket, key)).isEqualTo(key);
        for (Order order : Order.values()) {
            try (var objects = store.walk(bucket, "", order)) {
                assertThat(objects.map(ObjectInfo::key)).containsExactly(key);
            }
        }
    }

    @Property(tries = 40)
    void foldersLeadToItStepByStep(@ForAll String key) {
        String bucket = newBucket();
        s3.put(bucket, key, key.getBytes(StandardCharsets.UTF_8));

        ListedEntry entry = new ListedEntry.Folder("");
        while (entry instanceof ListedEntry.Folder folder) {
            var page = store.folder(bucket, folder.key(), 1_000, null);
            assertThat(page.entries()).as(folder.key()).hasSize(1);
            entry = page.entries().get(0);
        }

        assertThat(entry.key()).isEqualTo(key);
    }

    @Property(tries = 40)
    void itIsStagedAndCopiedToExactlyThatKey(@ForAll String key) throws IOException {
        String bucket = newBucket();
        s3.put(bucket, "source " + key.hashCode(), key.getBytes(StandardCharsets.UTF_8));

        store.copy(bucket, "source " + key.hashCode(), null, bucket, key);
        String other = newBucket();
        store.commit(store.stage(other, key, body(key), OptionalLong.empty(), null));
        String third = newBucket();
        store.copy(other, key, null, third, "copied");

        assertThat(text(bucket, key)).isEqualTo(key);
        assertThat(text(other, key)).isEqualTo(key);
        assertThat(text(third, "copied")).isEqualTo(key);
    }

    private static String newBucket() {
        String bucket = "keys-" + UUID.randomUUID();
        s3.createBucket(bucket);
        return bucket;
    }

    private static ByteArrayInputStream body(String key) {
        return new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String bucket, String key) throws IOException {
        try (var in = store.read(bucket, key, null)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
