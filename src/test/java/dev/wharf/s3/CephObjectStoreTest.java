package dev.wharf.s3;

import dev.wharf.s3.client.StoreSettings;
import dev.wharf.testing.stub.StubHabit;
import dev.wharf.testing.stub.StubOptions;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on a server that answers as Ceph's gateway does. */
class CephObjectStoreTest extends StubStoreContract {
    @BeforeAll
    static void start() {
        start(StubOptions.TESTS.with(StubHabit.CEPH));
    }

    @Override
    boolean encrypts() {
        return false;
    }

    @Override
    boolean serializes(int size) {
        return size <= StoreSettings.SMALLEST_PART;
    }
}
