package dev.wharf.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharf.network.NetworkPolicy;
import dev.wharf.s3.client.SdkClientFactory;
import dev.wharf.store.Credentials;
import dev.wharf.store.StoreAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract, on LocalStack, where a Docker engine answers. */
class LocalStackObjectStoreTest extends ObjectStoreContract {
    private static final String BUCKET = "wharf-contract";
    private static LocalStackContainer server;

    @BeforeAll
    static void start() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
        server = new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.10")).withServices("s3");
        server.start();
        try (var client = new SdkClientFactory(SETTINGS, NetworkPolicy.DEFAULT).apply(address())) {
            client.sdk().createBucket(request -> request.bucket(BUCKET));
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    StoreAccess access() {
        return address();
    }

    @Override
    String bucket() {
        return BUCKET;
    }

    @Override
    boolean checksSignatures() {
        return false;
    }

    private static StoreAccess address() {
        return new StoreAccess(
                null,
                server.getRegion(),
                server.getEndpoint(),
                true,
                StoreAccess.Checksums.WHEN_SUPPORTED,
                new Credentials.KeyPair(server.getAccessKey(), server.getSecretKey()),
                StoreAccess.Encryption.NONE,
                null);
    }
}
