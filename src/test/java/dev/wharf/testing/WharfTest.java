package dev.wharf.testing;

import dev.wharf.Wharf;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;

/**
 * The real service with a real S3 server, both in this process and on free ports, started once for all tests. Tests
 * keep out of each other's way by names of their own.
 */
public abstract class WharfTest {
    /** All tests together ask more often than one person may. */
    private static final Map<String, String> UNLIMITED = Map.of(
            "wharf.limits.job-groups-per-user", "1000000",
            "wharf.limits.job-groups-per-workspace", "1000000",
            "wharf.limits.imported-datasets-per-user", "1000000",
            "wharf.limits.imported-datasets-per-workspace", "1000000");

    /** Base storage, and what connections of tests lead to. */
    protected static final S3Server S3 = S3Server.start("wharf");

    protected static final Wharf WHARF = startForAll();
    protected static final String TOKEN = token(WHARF);
    protected static final Api API = new Api(WHARF.api(), TOKEN);
    protected static final Api FILES = new Api(WHARF.files(), TOKEN);

    /** No test asks for what an earlier class has stored, and the server's memory is that of all tests. */
    @AfterAll
    static void letGoOfLargeObjects() {
        S3.removeLargerThan(1 << 20);
    }

    private static Wharf startForAll() {
        Wharf wharf = start(Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            wharf.close();
            S3.close();
        }));
        return wharf;
    }

    /** Another service with settings of its own, for tests that need one; to be closed. */
    protected static Wharf start(Map<String, String> settings) {
        try {
            var all = new HashMap<>(Map.of(
                    "wharf.data-dir", Files.createTempDirectory("wharf-test").toString(),
                    "wharf.http.port", "0",
                    "wharf.vfs.port", "0",
                    "wharf.observe.port", "0",
                    "wharf.connections.private-endpoints", "127.0.0.0/8",
                    "wharf.publishing.retry-delay", "50ms",
                    "wharf.stores.retry-delay", "20ms",
                    "wharf.broker.url", "vm://" + ThreadLocalRandom.current().nextInt(1, 1_000_000_000)));
            all.putAll(Map.of(
                    "wharf.storage.bucket",
                    "wharf",
                    "wharf.storage.endpoint",
                    S3.endpoint().toString(),
                    "wharf.storage.path-style",
                    "true",
                    "wharf.storage.access-key-id",
                    S3.accessKeyId(),
                    "wharf.storage.secret-access-key",
                    S3.secretAccessKey(),
                    "wharf.vfs.trust-membership-header",
                    "true"));
            all.putAll(UNLIMITED);
            all.putAll(settings);
            EmptyRegistry.copyFor(all);
            return Wharf.start(Settings.of(all), Path.of("").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The administrator's token. */
    protected static String token(Wharf wharf) {
        try {
            return Files.readString(wharf.folder().resolve("admin.token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bucket that no other test has. */
    protected static String newBucket() {
        String bucket = "test-" + UUID.randomUUID();
        S3.createBucket(bucket);
        return bucket;
    }

    /** A connection to the S3 server with the keys that may do everything. */
    protected static long newConnection(String defaultBucket) {
        return newConnection(API, S3.endpoint(), defaultBucket);
    }

    /** The same through something that stands in front of the server. */
    protected static long newConnection(URI endpoint, String defaultBucket) {
        return newConnection(API, endpoint, defaultBucket);
    }

    /** The same, registered with another service. */
    protected static long newConnection(Api api, String defaultBucket) {
        return newConnection(api, S3.endpoint(), defaultBucket);
    }

    /** The same with all that can be chosen. */
    protected static long newConnection(Api api, URI endpoint, String defaultBucket) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "vendor", "aws",
                "vendorName", "aws",
                "type", "remotefile",
                "credentialType", "keySecret",
                "name", "connection " + UUID.randomUUID(),
                "params", Map.of("endpoint", endpoint.toString()),
                "credentials", List.of(Map.of("key", S3.accessKeyId(), "secret", S3.secretAccessKey()))));
        if (defaultBucket != null) {
            body.put("bucket", defaultBucket);
        }
        return api.post("/v4/connections", body).json().path("id").asLong();
    }

    /** Another member of the workspace, without roles. */
    protected static Member newMember() {
        return Member.join(WHARF.folder());
    }
}
