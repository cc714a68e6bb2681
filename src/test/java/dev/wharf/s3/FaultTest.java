package dev.wharf.s3;

import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StagedObject;
import dev.wharf.testing.S3Server;
import dev.wharf.testing.faulty.FaultyS3;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A store behind a connection that misbehaves on demand. */
public abstract class FaultTest {
    protected static final String BUCKET = "wharf-faults";
    protected static S3Server server;
    protected static FaultyS3 faults;

    protected final MemoryLedger ledger = new MemoryLedger();
    protected final SdkObjectStores stores =
            new SdkObjectStores(ledger, ObjectStoreContract.SETTINGS, ObjectStoreContract.LOOPBACK);
    protected final String key = "faults/" + UUID.randomUUID();
    protected ObjectStore store;

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
    protected void open() {
        store = stores.open(faults.access());
    }

    @AfterEach
    protected void heal() {
        faults.reset();
        stores.close();
    }

    protected ObjectInfo write(byte[] content) throws IOException {
        return store.write(
                BUCKET, key, ObjectStoreContract.bytes(content), OptionalLong.of(content.length), "text/csv");
    }

    protected StagedObject stage(byte[] content) throws IOException {
        return store.stage(
                BUCKET, key, ObjectStoreContract.bytes(content), OptionalLong.of(content.length), "text/csv");
    }

    protected byte[] read() throws IOException {
        try (ObjectStream in = store.read(BUCKET, key, null)) {
            return in.readAllBytes();
        }
    }
}
