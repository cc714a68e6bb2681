package dev.wharf.s3;

import dev.wharf.testing.stub.StubHabit;
import dev.wharf.testing.stub.StubOptions;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on a server that answers as OpenStack Swift does. */
class SwiftObjectStoreTest extends StubStoreContract {
    @BeforeAll
    static void start() {
        start(StubOptions.TESTS.with(StubHabit.SWIFT));
    }

    @Override
    boolean encrypts() {
        return false;
    }

    @Override
    boolean serializes(int size) {
        return false;
    }
}
