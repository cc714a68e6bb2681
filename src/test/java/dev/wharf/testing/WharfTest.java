package dev.wharf.testing;

import dev.wharf.Wharf;
import dev.wharf.kernel.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The real service with a real S3 server, both in this process and on free ports, started once for all tests. Tests
 * keep out of each other's way by names of their own.
 */
public abstract class WharfTest {
    protected static final Wharf WHARF = startForAll();
    protected static final String TOKEN = token(WHARF);
    protected static final Api API = new Api(WHARF.api(), TOKEN);
    protected static final Api FILES = new Api(WHARF.files(), TOKEN);

    private static Wharf startForAll() {
        Wharf wharf = start(Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(wharf::close));
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
                    "wharf.publishing.retry-delay", "50ms",
                    "wharf.broker.url", "vm://" + ThreadLocalRandom.current().nextInt(1, 1_000_000_000)));
            all.putAll(settings);
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
}
