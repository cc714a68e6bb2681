package dev.wharf.s3.client;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.withCredentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharf.network.NetworkPolicy;
import dev.wharf.network.Tls;
import dev.wharf.s3.MemoryLedger;
import dev.wharf.s3.ObjectStoreContract;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.store.Credentials;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.StubSts;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that is used with what this process itself has been given. */
class OwnIdentityTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/reader";

    private final Map<String, String> before = new HashMap<>();
    private final StubS3 s3 = StubS3.start(StubOptions.TESTS.checkingSignatures(), "partner");
    private final StubSts sts = StubSts.of(s3);
    private final SdkObjectStores stores = new SdkObjectStores(
            new MemoryLedger(),
            ObjectStoreContract.SETTINGS,
            new NetworkPolicy(ObjectStoreContract.LOOPBACK, sts.endpoint(), false, Tls.NATIVE));

    /** Nothing of the machine that runs the tests. */
    @BeforeEach
    void isolate() {
        set("aws.disableEc2Metadata", "true");
        set("aws.sharedCredentialsFile", "target/none");
        set("aws.configFile", "target/none");
    }

    @AfterEach
    void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        stores.close();
        sts.close();
        s3.close();
    }

    @Test
    void whatTheProcessWasGivenSigns() {
        giveIdentity();

        assertThat(stores.open(withCredentials(s3.access(), null, new Credentials.DefaultChain()))
                        .buckets())
                .containsExactly("partner");
    }

    @Test
    void aRoleIsAssumedAsTheService() {
        giveIdentity();
        sts.trust(ROLE, null);

        stores.open(withCredentials(s3.access(), 7L, role())).buckets();

        assertThat(sts.asked()).singleElement().satisfies(asked -> assertThat(asked.by())
                .isEqualTo(s3.accessKeyId()));
    }

    @Test
    void aServiceWithoutAnIdentitySaysSo() {
        assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "this machine gives every process an identity");

        assertKind(Kind.BAD_CREDENTIALS, () -> stores.open(
                                withCredentials(s3.access(), null, new Credentials.DefaultChain()))
                        .buckets())
                .hasMessageContaining("no identity of its own");
        assertKind(Kind.BAD_CREDENTIALS, () -> stores.open(withCredentials(s3.access(), 7L, role()))
                        .buckets())
                .hasMessageContaining("no identity of its own");
    }

    private static Credentials role() {
        return new Credentials.Role(ROLE, null, "wharf-test-person-1", new Credentials.DefaultChain());
    }

    private void giveIdentity() {
        set("aws.accessKeyId", s3.accessKeyId());
        set("aws.secretAccessKey", s3.secretAccessKey());
    }

    private void set(String name, String value) {
        before.put(name, System.setProperty(name, value));
    }
}
