package dev.wharf.testing.processes;

import dev.wharf.Wharf;
import dev.wharf.testing.EmptyRegistry;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service as a process of its own on free ports, which can be killed and started again over the same data folder. */
public final class ServiceProcess implements AutoCloseable {
    private final Path data;
    private final Map<String, String> settings;
    private JavaProcess process;
    private URI address;

    public ServiceProcess(Path data, Map<String, String> settings) {
        this.data = data;
        this.settings = new HashMap<>(settings);
        this.settings.put("wharf.data-dir", data.toString());
        List.of("http", "vfs", "observe").forEach(server -> this.settings.put("wharf." + server + ".port", "0"));
        this.settings.putIfAbsent("wharf.connections.private-endpoints", "127.0.0.0/8");
        this.settings.put("dev.wharf.home", Path.of("").toAbsolutePath().toString());
    }

    /** Returns when it answers. */
    public void start() {
        EmptyRegistry.copyFor(settings);
        process = JavaProcess.start(
                Wharf.class,
                List.of(),
                settings,
                "Wharf answers at ",
                data.resolveSibling(data.getFileName() + ".log"));
        String line = process.readyLine();
        address = URI.create(line.substring(line.indexOf("http://")).strip());
    }

    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** The administrator's token, where this service has made it. */
    public String token() {
        return read("admin.token");
    }

    /** What the node is called in rows. */
    public String node() {
        return read("node.id");
    }

    /** For other nodes on the same registry. */
    public String keyset() {
        return read("keyset.json");
    }

    private String read(String file) {
        try {
            return Files.readString(data.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it answers since its last start. */
    public Api api(String token) {
        return new Api(address, token);
    }

    @Override
    public void close() {
        kill();
    }
}
