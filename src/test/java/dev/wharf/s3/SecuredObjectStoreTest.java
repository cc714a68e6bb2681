package dev.wharf.s3;

import dev.wharf.testing.Authority;
import dev.wharf.testing.stub.StubOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, over TLS. */
class SecuredObjectStoreTest extends StubStoreContract {
    @BeforeAll
    static void start(@TempDir Path folder) {
        start(StubOptions.TESTS.certifiedBy(Authority.in(folder, "ip:127.0.0.1")));
    }
}
