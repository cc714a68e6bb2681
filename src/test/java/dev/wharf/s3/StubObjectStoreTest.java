package dev.wharf.s3;

import dev.wharf.testing.stub.StubOptions;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on a server that answers as AWS S3 does. */
class StubObjectStoreTest extends StubStoreContract {
    @BeforeAll
    static void start() {
        start(StubOptions.TESTS);
    }
}
