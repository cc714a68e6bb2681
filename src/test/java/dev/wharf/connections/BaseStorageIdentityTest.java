package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Base storage that is used with what the process was given to run with. */
class BaseStorageIdentityTest extends WharfTest {
    private final Map<String, String> before = new HashMap<>();

    @BeforeEach
    void giveIdentity() {
        before.put("aws.accessKeyId", System.setProperty("aws.accessKeyId", S3.accessKeyId()));
        before.put("aws.secretAccessKey", System.setProperty("aws.secretAccessKey", S3.secretAccessKey()));
    }

    @AfterEach
    void takeIdentity() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void noKeyPairIsNeeded() {
        S3.put("wharf", "identity/a.csv", new byte[] {1});
        try (var wharf = start(Map.of(
                "wharf.storage.credentials", "default-chain",
                "wharf.storage.access-key-id", "",
                "wharf.storage.secret-access-key", ""))) {
            var answer = new Api(wharf.api(), token(wharf)).get("/vfsList?uri=s3://wharf/identity/");

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).contains("a.csv");
        }
    }
}
