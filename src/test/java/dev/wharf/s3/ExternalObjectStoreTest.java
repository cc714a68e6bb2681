package dev.wharf.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharf.store.Credentials;
import dev.wharf.store.StoreAccess;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract, on any server: {@code -Ds3.contract.endpoint=… -Ds3.contract.access-key=… -Ds3.contract.secret-key=…
 * -Ds3.contract.bucket=…}, and {@code -Ds3.contract.region=…} if it is not us-east-1. The endpoint {@code aws} is AWS
 * S3. What a store is known to lack is named by {@code -Ds3.contract.without=encryption,signatures,conditions}; Ceph's
 * gateway lacks encryption by AES256 and conditions.
 */
class ExternalObjectStoreTest extends ObjectStoreContract {
    private static final String PREFIX = "s3.contract.";

    @BeforeAll
    static void isNamed() {
        for (String name : new String[] {"endpoint", "access-key", "secret-key", "bucket"}) {
            assumeTrue(
                    System.getProperty(PREFIX + name) != null, "no server named: -D" + PREFIX + name + " is missing");
        }
    }

    @Override
    StoreAccess access() {
        String endpoint = System.getProperty(PREFIX + "endpoint");
        boolean aws = endpoint.equals("aws");
        return new StoreAccess(
                null,
                System.getProperty(PREFIX + "region", "us-east-1"),
                aws ? null : URI.create(endpoint),
                !aws,
                aws ? StoreAccess.Checksums.WHEN_SUPPORTED : StoreAccess.Checksums.WHEN_REQUIRED,
                new Credentials.KeyPair(
                        System.getProperty(PREFIX + "access-key"), System.getProperty(PREFIX + "secret-key")),
                StoreAccess.Encryption.NONE,
                null);
    }

    @Override
    String bucket() {
        return System.getProperty(PREFIX + "bucket");
    }

    @Override
    boolean encrypts() {
        return has("encryption");
    }

    @Override
    boolean checksSignatures() {
        return has("signatures");
    }

    @Override
    boolean serializes(int size) {
        return has("conditions");
    }

    private static boolean has(String ability) {
        return !System.getProperty(PREFIX + "without", "").contains(ability);
    }
}
