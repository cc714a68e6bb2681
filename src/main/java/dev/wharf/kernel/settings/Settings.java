package dev.wharf.kernel.settings;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an operator can set; each value is explained in {@code application.properties}, and checked here. */
public record Settings(
        Path dataDir,
        Trial trial,
        Http http,
        Vfs vfs,
        int observePort,
        Registry registry,
        Secret keyset,
        Sessions sessions,
        OidcSettings oidc,
        Connections connections,
        Broker broker,
        Storage storage,
        Stores stores,
        Browse browse,
        Downloads downloads,
        Events events,
        Uploads uploads,
        Running running,
        Publishing publishing,
        Schedules schedules,
        OpenLineage openLineage,
        Webhooks webhooks,
        Limits limits) {

    public record Trial(boolean enabled, int s3Port) {}

    /** {@code maxJsonBytes} in bytes. */
    public record Http(String host, int port, long maxJsonBytes, Duration stallTimeout) {}

    public record Vfs(int port, boolean trustMembershipHeader) {}

    /**
     * {@code url} is empty for the embedded database, which writes nothing with less than {@code lowSpace} bytes free on its
     * disk, and then again with {@code enoughSpace}.
     */
    public record Registry(
            String url, String user, Secret password, long lowSpace, long enoughSpace, Duration statementTimeout) {
        public Registry(String url, String user, Secret password) {
            this(url, user, password, 128 << 20, 192 << 20, Duration.ofSeconds(30));
        }
    }

    /** A session of the page ends when it was not used for {@code idleTimeout}, and when it is {@code maxAge} old. */
    public record Sessions(Duration idleTimeout, Duration maxAge) {}

    /**
     * {@code privateEndpoints} are CIDRs of private addresses to which connections may lead; {@code stsEndpoint} is null
     * for AWS.
     */
    public record Connections(List<String> privateEndpoints, URI stsEndpoint) {}

    public record Broker(String url, String user, Secret password) {
        private static final Pattern EMBEDDED = Pattern.compile("vm://\\d{1,9}");

        public boolean embedded() {
            return EMBEDDED.matcher(url).matches();
        }
    }

    /**
     * Base storage. {@code perPerson} is the original's user mode; {@code bucket} is empty where there is none,
     * {@code endpoint} null for AWS; with {@code defaultChain} the key pair is not looked at.
     */
    public record Storage(
            boolean perPerson,
            String bucket,
            List<String> extraBuckets,
            String region,
            URI endpoint,
            boolean pathStyle,
            boolean defaultChain,
            String accessKeyId,
            Secret secretAccessKey,
            String serverSideEncryption,
            String kmsKeyId) {
        public boolean configured() {
            return !bucket.isEmpty();
        }
    }

    /** {@code retryDelay} before an operation of a store is tried the second time, at most. */
    public record Stores(Duration retryDelay, boolean nativeTls) {}

    /**
     * {@code maxConcurrent} requests on one connection, {@code maxPerPerson} for one person; {@code scanLimit} objects that
     * one search looks at.
     */
    public record Browse(int maxConcurrent, int maxPerPerson, int scanLimit, Duration searchTimeout) {}

    /**
     * {@code maxConcurrent} files and archives that are read by callers at one time, {@code maxPerPerson} of them by one;
     * {@code maxArchiveEntries} files and folders in one archive.
     */
    public record Downloads(int maxConcurrent, int maxPerPerson, int maxArchiveEntries) {}

    /** {@code maxConcurrent} jobs and the like that are watched at one time, {@code maxPerPerson} of them by one. */
    public record Events(int maxConcurrent, int maxPerPerson) {}

    /**
     * {@code maxBytes} of one file; {@code maxConcurrent} at one time, {@code maxPerPerson} of them from one. {@code inbox} is
     * null where no files are taken from a folder; {@code inboxQuiet} is how long one there must not have changed. One that
     * broke off can be gone on with for {@code resumableFor}.
     */
    public record Uploads(
            long maxBytes,
            int maxConcurrent,
            int maxPerPerson,
            Duration resumableFor,
            Path inbox,
            Duration inboxQuiet) {}

    /** {@code maxConcurrent} runs at one time, each within the other bounds. */
    public record Running(
            String memory, int threads, Duration timeLimit, long maxBytes, long partBytes, int maxConcurrent) {}

    /**
     * {@code maxConcurrent} jobs at one time, and {@code maxConcurrentFiles} of their files beside one for each; {@code
     * resultsDir} is null where no local results are allowed; {@code filesTimeout} is how long a job waits for its next file.
     */
    public record Publishing(
            int attempts,
            Duration retryDelay,
            Duration consistencyTimeout,
            int maxConcurrent,
            int maxConcurrentFiles,
            Path resultsDir,
            Duration filesTimeout) {}

    /** {@code maxConcurrent} runs of schedules at one time. */
    public record Schedules(int maxConcurrent) {}

    /** {@code url} is null where nobody collects run events; {@code namespace} is that of the jobs in them. */
    public record OpenLineage(URI url, Secret apiKey, String namespace) {}

    /** {@code timeout} of one exchange; after a failure the pause is {@code retryDelay}, and each time three times as long. */
    public record Webhooks(int attempts, Duration retryDelay, Duration timeout) {}

    /** Limits of the described system ({@code seed.txt}, <i>Limitations</i>; {@code domain.md} §3.1). */
    public record Limits(
            boolean multiPartOutput,
            boolean compression,
            boolean iamRoles,
            boolean regionDetection,
            boolean customCa,
            Rate jobGroups,
            Rate importedDatasets,
            Rate importLooks) {}

    /** Requests that are taken in a minute. */
    public record Rate(int perUser, int perWorkspace) {}

    /** What DuckDB needs to run at all. */
    private static final int LEAST_MEGABYTES = 64;

    /** When sessions were used is known to the minute. */
    private static final Duration LEAST_IDLE = Duration.ofMinutes(5);

    /** Requests in a minute: as good as none. */
    private static final int MAX_RATE = 1_000_000;

    private static final Pattern CIDR = Pattern.compile("[0-9A-Fa-f:.]{2,45}/\\d{1,3}");
    private static final Pattern BUCKET = Pattern.compile("\\*|[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
    private static final Pattern MEMORY = Pattern.compile("([1-9]\\d{0,5})(MB|GB)");

    /**
     * Reads the settings of this process.
     *
     * @param file {@code application.properties}; need not exist
     * @throws SettingsException if one is unknown or malformed
     */
    public static Settings load(Path file) {
        return read(new SettingsReader(textual(System.getProperties()), System.getenv(), contents(file)));
    }

    /** Settings from given values over the defaults: for tests and for the trial. */
    public static Settings of(Map<String, String> values) {
        return read(new SettingsReader(values, Map.of(), Map.of()));
    }

    /** The same for the trial: with its base storage, and for programs on this machine that send no token. */
    public Settings forTrial(Storage base) {
        return new Settings(
                dataDir,
                trial,
                http,
                new Vfs(vfs.port(), true),
                observePort,
                registry,
                keyset,
                sessions,
                oidc,
                new Connections(List.of("127.0.0.0/8"), connections.stsEndpoint()),
                broker,
                base,
                stores,
                browse,
                downloads,
                events,
                uploads,
                running,
                publishing,
                schedules,
                openLineage,
                webhooks,
                limits);
    }

    static Settings read(SettingsReader reader) {
        var settings = new Settings(
                Path.of(reader.text("wharf.data-dir", "data")),
                new Trial(reader.flag("wharf.trial", false), reader.port("wharf.trial.s3-port", 0)),
                new Http(
                        reader.text("wharf.http.host", "127.0.0.1"),
                        reader.port("wharf.http.port", 8080),
                        reader.number("wharf.http.max-json-bytes", 1 << 20, 1024, 64 << 20),
                        reader.duration("wharf.http.stall-timeout", "60s")),
                new Vfs(reader.port("wharf.vfs.port", 41917), reader.flag("wharf.vfs.trust-membership-header", false)),
                reader.port("wharf.observe.port", 8081),
                registry(reader),
                reader.secret("wharf.secrets.keyset"),
                sessions(reader),
                OidcSettings.read(reader),
                new Connections(
                        reader.list(
                                "wharf.connections.private-endpoints", CIDR, "CIDRs such as 10.0.0.0/8, with commas"),
                        endpoint(reader, "wharf.connections.sts-endpoint")),
                new Broker(
                        reader.text("wharf.broker.url", "vm://0"),
                        reader.text("wharf.broker.user", ""),
                        reader.secret("wharf.broker.password")),
                storage(reader),
                stores(reader),
                new Browse(
                        (int) reader.number("wharf.browse.max-concurrent", 32, 1, 128),
                        (int) reader.number("wharf.browse.max-per-person", 64, 1, 128),
                        (int) reader.number("wharf.browse.scan-limit", 1_000_000, 1_000, Integer.MAX_VALUE),
                        reader.duration("wharf.browse.search-timeout", "60s")),
                new Downloads(
                        (int) reader.number("wharf.downloads.max-concurrent", 64, 2, 96),
                        (int) reader.number("wharf.downloads.max-per-person", 24, 1, 96),
                        (int) reader.number("wharf.downloads.max-archive-entries", 100_000, 1, 1_000_000)),
                new Events((int) reader.number("wharf.events.max-concurrent", 200, 1, 10_000), (int)
                        reader.number("wharf.events.max-per-person", 10, 1, 1_000)),
                new Uploads(
                        reader.number("wharf.uploads.max-bytes", 64L << 30, 1, 5L << 40),
                        (int) reader.number("wharf.uploads.max-concurrent", 64, 1, 128),
                        (int) reader.number("wharf.uploads.max-per-person", 24, 1, 128),
                        reader.duration("wharf.uploads.resumable-for", "48h"),
                        optionalPath(reader, "wharf.uploads.inbox"),
                        reader.duration("wharf.uploads.inbox-quiet", "10s")),
                new Running(
                        memory(reader),
                        (int) reader.number("wharf.running.threads", 2, 1, 64),
                        reader.duration("wharf.running.time-limit", "10m"),
                        reader.number("wharf.running.max-bytes", 10L << 30, 1, 5L << 40),
                        reader.number("wharf.running.part-bytes", 128L << 20, 1L << 20, 5L << 40),
                        (int) reader.number("wharf.running.max-concurrent", 1, 1, 64)),
                new Publishing(
                        (int) reader.number("wharf.publishing.attempts", 5, 1, 100),
                        reader.duration("wharf.publishing.retry-delay", "2s"),
                        reader.duration("wharf.publishing.consistency-timeout", "120s"),
                        (int) reader.number("wharf.publishing.max-concurrent", 3, 1, 64),
                        (int) reader.number("wharf.publishing.max-concurrent-files", 64, 1, 256),
                        optionalPath(reader, "wharf.publishing.results-dir"),
                        reader.duration("wharf.publishing.files-timeout", "24h")),
                new Schedules((int) reader.number("wharf.schedules.max-concurrent", 4, 1, 64)),
                new OpenLineage(
                        collector(reader),
                        reader.secret("wharf.openlineage.api-key"),
                        reader.text("wharf.openlineage.namespace", "wharf")),
                new Webhooks(
                        (int) reader.number("wharf.webhooks.attempts", 8, 1, 100),
                        reader.duration("wharf.webhooks.retry-delay", "10s"),
                        reader.duration("wharf.webhooks.timeout", "30s")),
                new Limits(
                        reader.flag("wharf.limits.multi-part-output", false),
                        reader.flag("wharf.limits.compression", false),
                        reader.flag("wharf.limits.iam-roles", false),
                        reader.flag("wharf.limits.region-detection", false),
                        reader.flag("wharf.limits.custom-ca", false),
                        rate(reader, "wharf.limits.job-groups", 30, 60),
                        rate(reader, "wharf.limits.imported-datasets", 40, 60),
                        rate(reader, "wharf.limits.import-looks", 400, 600)));
        reader.refuseUnknown();
        return settings;
    }

    private static Registry registry(SettingsReader reader) {
        long low = reader.size("wharf.registry.low-space", "128MB");
        long enough = reader.size("wharf.registry.enough-space", "192MB");
        if (enough < low) {
            throw reader.malformed("wharf.registry.enough-space", "at least wharf.registry.low-space");
        }
        return new Registry(
                reader.text("wharf.registry.url", ""),
                reader.text("wharf.registry.user", "sa"),
                reader.secret("wharf.registry.password"),
                low,
                enough,
                reader.duration("wharf.registry.statement-timeout", "30s"));
    }

    private static Sessions sessions(SettingsReader reader) {
        String idle = "wharf.sessions.idle-timeout";
        Duration idleTimeout = reader.duration(idle, "12h");
        if (idleTimeout.compareTo(LEAST_IDLE) < 0) {
            throw reader.malformed(idle, "a duration of " + LEAST_IDLE.toMinutes() + "m or more");
        }
        return new Sessions(idleTimeout, reader.duration("wharf.sessions.max-age", "168h"));
    }

    private static Rate rate(SettingsReader reader, String name, int perUser, int perWorkspace) {
        return new Rate((int) reader.number(name + "-per-user", perUser, 1, MAX_RATE), (int)
                reader.number(name + "-per-workspace", perWorkspace, 1, MAX_RATE));
    }

    private static Storage storage(SettingsReader reader) {
        return new Storage(
                reader.isOther("wharf.storage.mode", "system", "user"),
                reader.text("wharf.storage.bucket", ""),
                reader.list("wharf.storage.extra-buckets", BUCKET, "buckets' names with commas, or *"),
                reader.text("wharf.storage.region", "us-east-1"),
                endpoint(reader, "wharf.storage.endpoint"),
                reader.flag("wharf.storage.path-style", false),
                reader.isOther("wharf.storage.credentials", "key-pair", "default-chain"),
                reader.text("wharf.storage.access-key-id", ""),
                reader.secret("wharf.storage.secret-access-key"),
                encryption(reader),
                reader.text("wharf.storage.kms-key-id", ""));
    }

    private static Stores stores(SettingsReader reader) {
        String name = "wharf.stores.retry-delay";
        Duration delay = reader.duration(name, "100ms");
        if (delay.isZero()) {
            throw reader.malformed(name, "a duration of 1ms or more");
        }
        return new Stores(delay, !reader.isOther("wharf.stores.tls", "native", "java"));
    }

    private static URI endpoint(SettingsReader reader, String name) {
        String value = reader.text(name, "");
        if (value.isEmpty()) {
            return null;
        }
        return HttpAddress.parse(value).orElseThrow(() -> reader.malformed(name, HttpAddress.RULE));
    }

    /** Its address is told in logs, so there is no key in it. */
    private static URI collector(SettingsReader reader) {
        String name = "wharf.openlineage.url";
        URI url = endpoint(reader, name);
        if (url != null && (url.getRawUserInfo() != null || url.getRawQuery() != null)) {
            throw reader.malformed(
                    name, "an address without a user, a password and a query: a key is wharf.openlineage.api-key");
        }
        return url;
    }

    private static String encryption(SettingsReader reader) {
        String name = "wharf.storage.server-side-encryption";
        String value = reader.text(name, "none");
        if (!Set.of("none", "AES256", "aws:kms").contains(value)) {
            throw reader.malformed(name, "none, AES256 or aws:kms");
        }
        return value;
    }

    private static String memory(SettingsReader reader) {
        String name = "wharf.running.memory";
        String value = reader.text(name, "256MB");
        var matcher = MEMORY.matcher(value);
        if (!matcher.matches()
                || matcher.group(2).equals("MB") && Integer.parseInt(matcher.group(1)) < LEAST_MEGABYTES) {
            throw reader.malformed(name, "an amount such as 256MB or 2GB, at least " + LEAST_MEGABYTES + "MB");
        }
        return value;
    }

    private static Path optionalPath(SettingsReader reader, String name) {
        String value = reader.text(name, "");
        return value.isEmpty() ? null : Path.of(value);
    }

    private static Map<String, String> contents(Path file) {
        var properties = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new SettingsException(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return textual(properties);
    }

    private static Map<String, String> textual(Properties properties) {
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
