package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.MIB;
import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.bytes;
import static dev.wharf.s3.ObjectStoreContract.random;
import static dev.wharf.s3.ObjectStoreContract.withCredentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.Credentials;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** That clients, connections and memory are given back, and that a key pair can be changed under way. */
class SdkObjectStoresTest extends FaultTest {

    @Test
    void poolIsWholeAfterHundredsOfAbandonedFailedAndCompletedReads() throws IOException {
        var settings = ObjectStoreContract.SETTINGS;
        try (var few = new SdkObjectStores(
                ledger,
                new StoreSettings(
                        settings.connectTimeout(),
                        settings.socketTimeout(),
                        settings.attemptTimeout(),
                        2,
                        settings.retryDelay(),
                        5,
                        settings.bufferBytes(),
                        settings.bufferWait()))) {
            ObjectStore limited = few.open(faults.access());
            server.put(BUCKET, key, random(MIB));
            faults.on("GET", "gone").answerWith(404, Map.of(), "").always();
            faults.on("GET", "broken").breakBodyAfter(100).always();
            server.put(BUCKET, "broken", random(1_000));

            for (int round = 0; round < 60; round++) {
                try (ObjectStream in = limited.read(BUCKET, key, null)) {
                    in.readNBytes(round);
                }
                try (ObjectStream in = limited.read(BUCKET, key, null)) {
                    in.skipNBytes(MIB);
                }
                limited.read(BUCKET, key, null).close();
                assertKind(Kind.NOT_FOUND, () -> limited.read(BUCKET, "gone", null));
                assertKind(Kind.CHANGED, () -> limited.read(BUCKET, key, "0".repeat(32)));
                try (ObjectStream in = limited.read(BUCKET, "broken", null)) {
                    assertKind(Kind.BROKEN, in::readAllBytes);
                }
                try (var objects = limited.walk(BUCKET, "faults/")) {
                    objects.findFirst();
                }
            }

            List<ObjectStream> open = new ArrayList<>();
            for (int index = 0; index < 5; index++) {
                open.add(limited.read(BUCKET, key, null));
            }
            for (ObjectStream in : open) {
                in.close();
            }
            few.forget(1);
            assertThat(few.clients()).isOne();
        }
    }

    @Test
    void streamOutlivesTheChangeOfItsKeyPair() throws IOException {
        server.put(BUCKET, key, random(MIB));
        StoreAccess old = connection(7, "old-secret-is-wrong");
        StoreAccess right = connection(7, server.secretAccessKey());

        try (ObjectStream in = stores.open(right).read(BUCKET, key, null)) {
            in.readNBytes(1_000);
            stores.open(old);
            assertThat(stores.clients()).isOne();
            assertThat(in.readAllBytes()).hasSize(MIB - 1_000);
        }

        assertThat(stores.clients()).as("the old client, with its last stream").isZero();
    }

    @Test
    void changedKeyPairCountsAtOnceAndTheOldOneEndsItsWork() throws IOException {
        ObjectStore before = stores.open(connection(7, server.secretAccessKey()));
        StagedObject staged = before.stage(BUCKET, key, bytes(new byte[1]), OptionalLong.of(1), null);

        ObjectStore after = stores.open(connection(7, "rotated"));

        assertKind(Kind.BAD_CREDENTIALS, () -> after.folder(BUCKET, "", 1, null));
        assertThat(before.commit(staged).size()).isOne();
        assertThat(stores.clients()).as("only the new one is kept").isOne();
    }

    @Test
    void equalAccessesShareAClientAndPersonsHaveTheirOwn() {
        stores.open(connection(7, server.secretAccessKey())).buckets();
        stores.open(connection(7, server.secretAccessKey())).buckets();
        assertThat(stores.clients()).isOne();

        assertKind(Kind.BAD_CREDENTIALS, () -> stores.open(
                        connection(7, new Credentials.KeyPair("AKIAIOSFODNN7EXAMPLE", "x")))
                .buckets());
        assertThat(stores.clients()).isEqualTo(2);
    }

    @Test
    void forgottenConnectionsClientsAreClosed() throws IOException {
        server.put(BUCKET, key, random(MIB));
        ObjectStore store = stores.open(connection(7, server.secretAccessKey()));

        try (ObjectStream in = store.read(BUCKET, key, null)) {
            stores.forget(7);
            assertThat(in.readAllBytes()).hasSize(MIB);
        }

        assertThat(stores.clients()).isZero();
    }

    @Test
    void closedStoresSaySo() {
        stores.close();

        assertKind(Kind.UNAVAILABLE, () -> store.buckets()).hasMessageContaining("shutting down");
    }

    @Test
    void uploadsTakeTurnsWhenMemoryIsShort() throws Exception {
        try (var small = withMemory(16L * MIB, Duration.ofMinutes(1))) {
            ObjectStore limited = small.open(server.access());
            List<Callable<ObjectInfo>> uploads = new ArrayList<>();
            for (int index = 0; index < 6; index++) {
                String name = key + index;
                uploads.add(() -> limited.write(BUCKET, name, bytes(random(9 * MIB)), OptionalLong.empty(), null));
            }
            var threads = Executors.newFixedThreadPool(6);

            for (var upload : threads.invokeAll(uploads)) {
                assertThat(upload.get().size()).isEqualTo(9 * MIB);
            }
            threads.shutdown();

            assertThat(small.freeBuffers()).isEqualTo(16L * MIB);
        }
    }

    @Test
    void uploadThatFindsNoMemoryInTimeSaysSo() throws Exception {
        try (var small = withMemory(16L * MIB, Duration.ofMillis(50))) {
            ObjectStore limited = small.open(server.access());
            var threads = Executors.newFixedThreadPool(2);
            List<PipedOutputStream> clients = List.of(new PipedOutputStream(), new PipedOutputStream());
            for (var client : clients) {
                var in = new PipedInputStream(client);
                threads.submit(() -> limited.write(BUCKET, key + in.hashCode(), in, OptionalLong.empty(), null));
            }
            await().until(() -> small.freeBuffers() == 0);

            assertKind(Kind.UNAVAILABLE, () -> limited.write(BUCKET, key, bytes(new byte[1]), OptionalLong.of(1), null))
                    .hasMessageContaining("Too many uploads");

            for (var client : clients) {
                client.close();
            }
            threads.shutdown();
            await().until(threads::isTerminated);
        }
    }

    @Test
    void objectLargerThanTheMemoryAllowsIsRefusedBeforeAnyByteIsRead() {
        try (var small = withMemory(16L * MIB, Duration.ofSeconds(1))) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> small.open(server.access())
                            .write(
                                    BUCKET,
                                    key,
                                    ObjectStoreContract.failing(new byte[0], new IOException("read")),
                                    OptionalLong.of(5L << 40),
                                    null)))
                    .hasMessageContaining("the limit is about 140 GiB");
        }
    }

    private SdkObjectStores withMemory(long bytes, Duration wait) {
        var settings = ObjectStoreContract.SETTINGS;
        return new SdkObjectStores(
                ledger,
                new StoreSettings(
                        settings.connectTimeout(),
                        settings.socketTimeout(),
                        settings.attemptTimeout(),
                        settings.attempts(),
                        settings.retryDelay(),
                        settings.maxConnections(),
                        bytes,
                        wait));
    }

    private static StoreAccess connection(long id, String secret) {
        return connection(id, new Credentials.KeyPair(server.accessKeyId(), secret));
    }

    private static StoreAccess connection(long id, Credentials credentials) {
        return withCredentials(server.access(), id, credentials);
    }
}
