package dev.wharf;

import dev.wharf.camel.ContractRoutes;
import dev.wharf.identity.login.Identities;
import dev.wharf.kernel.Broker;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.http.HttpServers;
import dev.wharf.kernel.http.Observation;
import dev.wharf.kernel.http.contract.Contract;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.kernel.settings.StartupHook;
import dev.wharf.kernel.sql.Database;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The service: starts it, or says in one line why it cannot be started. */
public final class Wharf implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wharf.class);
    private static final String SETTINGS_FILE = "application.properties";

    /** What was started, last first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final Path home;
    private DataFolder folder;
    private Main camel;
    private HttpServers servers;

    private Wharf(Path home) {
        this.home = home;
    }

    /** Runs until the process is told to stop; exits with 1 if it cannot start. */
    public static void main(String[] args) {
        // Netty would warn on JDK 24 and later of the memory access that it can do without.
        System.setProperty("io.netty.noUnsafe", "true");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            Path home = home();
            if (args.length > 0) {
                command(args, Settings.load(home.resolve(SETTINGS_FILE)));
                return;
            }
            var stopped = new CountDownLatch(1);
            Wharf wharf = start(Settings.load(home.resolve(SETTINGS_FILE)), home);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                wharf.close();
                                stopped.countDown();
                            },
                            "stop"));
            tellLauncher();
            stopped.await();
        } catch (SettingsException e) {
            LOG.debug("Not started", e);
            System.err.println("Wharf cannot start: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            LOG.error("Wharf cannot start", e);
            // The queue's threads are not daemons: without this a failed start would hang.
            System.exit(1);
        }
    }

    /** That this has become a service, whose classes the next one needs as well: {@code bin/wharf} says how. */
    private static void tellLauncher() {
        String started = System.getProperty("dev.wharf.started");
        if (started == null) {
            return;
        }
        try {
            Files.writeString(Path.of(started), "");
        } catch (IOException e) {
            LOG.debug("The next start takes no classes from this one", e);
        }
    }

    private static void command(String[] args, Settings settings) {
        if (!args[0].equals(RotateKeyset.COMMAND)) {
            throw new SettingsException("there is no command " + args[0] + "; without one the service starts, and "
                    + RotateKeyset.COMMAND + " renews the key that encrypts key pairs");
        }
        RotateKeyset.run(args, settings, System.out);
    }

    /** Where {@code routes/} and the settings lie: beside the jar, or where {@code camel:run} says. */
    private static Path home() {
        String given = System.getProperty("dev.wharf.home");
        if (given != null) {
            return Path.of(given);
        }
        try {
            Path code = Path.of(Wharf.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(code)) {
                return code.getParent();
            }
        } catch (URISyntaxException e) {
            LOG.debug("No home beside the code", e);
        }
        return Path.of("").toAbsolutePath();
    }

    /**
     * Starts the service in this process.
     *
     * @param home the folder that holds {@code routes/}
     * @throws SettingsException in one line, if the settings or what they name do not allow it; nothing is left running
     */
    public static Wharf start(Settings settings, Path home) {
        var wharf = new Wharf(home);
        try {
            wharf.open(settings);
            return wharf;
        } catch (Throwable e) {
            wharf.close();
            throw e;
        }
    }

    private void open(Settings given) {
        folder = started(DataFolder.open(given.dataDir()));
        Optional<StartupHook> hook = hook(given).map(this::started);
        Settings settings = hook.map(c -> c.beforeStart(given, folder)).orElse(given);

        var publishing = settings.publishing();
        Database database = started(new Database(settings.registry(), folder));
        Broker broker = started(new Broker(settings.broker(), folder, publishing.attempts(), publishing.retryDelay()));
        // The slow parts of a start do not need each other: the contract and the routes are read while both open.
        var opened = CompletableFuture.allOf(
                CompletableFuture.runAsync(database::open), CompletableFuture.runAsync(broker::open));
        Secrets secrets;
        WharfConfiguration configuration;
        ContractRoutes operations;
        try {
            Contract contract = Contract.load();
            operations = new ContractRoutes(contract);
            servers = started(new HttpServers(settings, contract));
            secrets = Secrets.open(settings.keyset(), folder);
            configuration =
                    started(new WharfConfiguration(settings, folder, database, broker, secrets, Clock.systemUTC()));
            camel = configured(configuration, operations);
            camel.init();
        } finally {
            join(opened);
        }
        operations.requireAll();
        secrets.check(database);
        camel.start();
        started(configuration.notificationRoutes());
        started(configuration.pollingRoutes()).start(camel.getCamelContext());

        showToken(configuration.identities());
        servers.listen(
                configuration.authentication(),
                new Observation(camel.getCamelContext(), configuration.metrics()),
                configuration.events());
        started(servers::refuseRequests);
        LOG.info("Wharf answers at {}", api());
        hook.ifPresent(c -> c.afterStart(api(), files(), folder));
    }

    private static Optional<StartupHook> hook(Settings settings) {
        if (!settings.trial().enabled()) {
            return Optional.empty();
        }
        return Optional.of(ServiceLoader.load(StartupHook.class)
                .findFirst()
                .orElseThrow(() -> new SettingsException(
                        "wharf.trial needs the trial build: mvn -Ptrial package, or mvn -Ptrial camel:run")));
    }

    private Main configured(WharfConfiguration configuration, ContractRoutes operations) {
        var main = new Main();
        // Camel's own hook at the end of the process would stop it beside ours, and keep it in memory for ever.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        started(main::stop);
        configuration.bindTo(main);
        servers.bindTo(main);
        main.configure()
                .withName("wharf")
                .withRoutesIncludePattern("file:" + home.resolve("routes") + "/*.camel.yaml")
                .withStreamCachingEnabled(false)
                .withShutdownTimeout(20);
        main.configure().addRoutesBuilder(operations);
        main.setDefaultPropertyPlaceholderLocation("false");
        return main;
    }

    /** Waits for all, also where one fails: what the others have started must be known before it is stopped. */
    private static void join(CompletableFuture<Void> all) {
        try {
            all.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void showToken(Identities identities) {
        identities.bootstrap().ifPresent(token -> {
            try {
                folder.writePrivate("admin.token", token);
            } catch (IOException e) {
                throw new SettingsException(folder.resolve("admin.token") + " cannot be written: " + e, e);
            }
            System.out.println("The administrator's access token, shown once and kept in "
                    + folder.resolve("admin.token") + ": " + token);
        });
    }

    private <T extends AutoCloseable> T started(T part) {
        synchronized (parts) {
            parts.push(part);
        }
        return part;
    }

    /** The address of the API. */
    public URI api() {
        return URI.create("http://127.0.0.1:" + servers.apiPort());
    }

    /** The address of the file service of the original. */
    public URI files() {
        return URI.create("http://127.0.0.1:" + servers.vfsPort());
    }

    /** The address of health and metrics. */
    public URI observe() {
        return URI.create("http://127.0.0.1:" + servers.observePort());
    }

    /** The folder that this process works in. */
    public DataFolder folder() {
        return folder;
    }

    /** The routes, for tests that look inside. */
    public Main camel() {
        return camel;
    }

    /**
     * Lets requests and jobs under way end, for twenty seconds at most, closes everything and lets go of it: whoever keeps
     * a service that was stopped keeps little.
     */
    @Override
    public void close() {
        synchronized (parts) {
            while (!parts.isEmpty()) {
                AutoCloseable part = parts.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
                }
            }
        }
        camel = null;
        servers = null;
    }
}
