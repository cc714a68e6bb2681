package dev.wharf.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.StoreAccess;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.util.Collection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** The contract, on a server that holds every key that S3 can hold, and that behaves as its subclass says. */
abstract class StubStoreContract extends ObjectStoreContract {
    private static final String BUCKET = "wharf-contract";
    private static StubS3 server;

    static void start(StubOptions options) {
        server = StubS3.start(options.checkingSignatures(), BUCKET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void noUploadStaysBehind() {
        assertThat(server.uploads(BUCKET)).isEmpty();
    }

    @Override
    StoreAccess access() {
        return server.access();
    }

    @Override
    String bucket() {
        return BUCKET;
    }

    @Override
    void fill(Collection<String> keys) {
        keys.forEach(key -> server.put(BUCKET, key, new byte[0]));
    }
}
