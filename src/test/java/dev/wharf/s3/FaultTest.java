package dev.wharf.s3;

import dev.wharf.testing.FaultyS3;
import dev.wharf.testing.S3Server;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A store behind a connection that misbehaves on demand. */
abstract class FaultTest {
    static final String BUCKET = "wharf-faults";
    static S3Server server;
    static FaultyS3 faults;

    final MemoryLedger ledger = new MemoryLedger();
    final SdkObjectStores stores =
            new SdkObjectStores(ledger, ObjectStoreContract.SETTINGS, ObjectStoreContract.LOOPBACK);
    final String key = "faults/" + UUID.randomUUID();
    ObjectStore store;

    @BeforeAll
    static void start() {
        server = S3Server.start(BUCKET);
        faults = FaultyS3.before(server);
    }

    @AfterAll
    static void stop() {
        faults.close();
        server.close();
    }

    @BeforeEach
    void open() {
        store = stores.open(faults.access());
    }

    @AfterEach
    void heal() {
        faults.reset();
        stores.close();
    }

    ObjectInfo write(byte[] content) throws IOException {
        return store.write(
                BUCKET, key, ObjectStoreContract.bytes(content), OptionalLong.of(content.length), "text/csv");
    }

    StagedObject stage(byte[] content) throws IOException {
        return store.stage(
                BUCKET, key, ObjectStoreContract.bytes(content), OptionalLong.of(content.length), "text/csv");
    }

    byte[] read() throws IOException {
        try (ObjectStream in = store.read(BUCKET, key, null)) {
            return in.readAllBytes();
        }
    }
}
