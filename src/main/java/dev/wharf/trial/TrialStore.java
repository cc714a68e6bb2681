package dev.wharf.trial;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.SettingsException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A real S3 server on loopback that keeps its objects in the data folder, with the trial's sample data in it. */
final class TrialStore implements AutoCloseable {
    static final String BASE_BUCKET = "wharf";
    static final String PARTNER_BUCKET = "trial";
    static final String FOLDER = "weather/";
    /** Where the partner drops files at any time. */
    static final String INBOX = "inbox/";

    private static final String FILE = "trial-s3.json";

    /** What stays the same from one start to the next. */
    record Account(int port, String accessKeyId, String secretAccessKey) {
        @JsonIgnore
        URI endpoint() {
            return URI.create("http://127.0.0.1:" + port);
        }
    }

    private final Account account;
    private final BlobStore objects;
    private final S3Proxy server;

    private TrialStore(Account account, BlobStore objects, S3Proxy server) {
        this.account = account;
        this.objects = objects;
        this.server = server;
    }

    /**
     * Starts the server; fills it on the first start.
     *
     * @param port 0 for any free one, which is then kept
     * @throws SettingsException if the port is in use
     */
    static TrialStore open(DataFolder folder, int port) {
        try {
            Account account = account(folder, port);
            Path root = Files.createDirectories(folder.resolve("trial-s3"));
            var properties = new Properties();
            properties.setProperty("jclouds.filesystem.basedir", root.toString());
            BlobStore objects = BlobStores.create("filesystem", properties);
            fill(objects);
            var server = S3Proxy.builder()
                    .blobStore(objects)
                    .endpoint(account.endpoint())
                    .awsAuthentication(AuthenticationType.AWS_V4, account.accessKeyId(), account.secretAccessKey())
                    .build();
            start(server, account);
            return new TrialStore(account, objects, server);
        } catch (IOException e) {
            throw new SettingsException("The trial's S3 server cannot keep its data: " + e, e);
        }
    }

    private static void start(S3Proxy server, Account account) {
        try {
            server.start();
        } catch (Exception e) {
            throw new SettingsException(
                    "wharf.trial.s3-port " + account.endpoint() + " cannot be listened on: " + e.getMessage(), e);
        }
    }

    private static Account account(DataFolder folder, int port) throws IOException {
        var kept = Json.read(folder.readOrCreate(FILE, () -> Json.write(newAccount(port))), Account.class);
        if (port != 0 && port != kept.port()) {
            throw new SettingsException("wharf.trial.s3-port: the trial in " + folder.path() + " was made with port "
                    + kept.port() + "; keep that, or begin anew in another wharf.data-dir");
        }
        return kept;
    }

    private static Account newAccount(int port) {
        var random = new SecureRandom();
        byte[] id = new byte[8];
        byte[] secret = new byte[20];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new Account(
                port == 0 ? freePort() : port,
                "TRIAL" + HexFormat.of().withUpperCase().formatHex(id),
                HexFormat.of().formatHex(secret));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new SettingsException("There is no free port for the trial's S3 server", e);
        }
    }

    /** A partner's bucket: a folder a year with one file each, and the marker that their engine leaves beside it. */
    private static void fill(BlobStore store) throws IOException {
        for (String bucket : List.of(BASE_BUCKET, PARTNER_BUCKET)) {
            if (!store.containerExists(bucket)) {
                store.createContainer(bucket);
            }
        }
        for (Map.Entry<String, String> year : years().entrySet()) {
            String folder = FOLDER + "year=" + year.getKey() + "/";
            put(store, folder + "seattle-weather.csv", year.getValue());
            put(store, folder + "_SUCCESS", "");
        }
        put(store, INBOX + "stations.csv", "station,city\nSEA,Seattle\nPDX,Portland\n");
    }

    private static void put(BlobStore store, String key, String text) {
        if (!store.blobExists(PARTNER_BUCKET, key)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            store.putBlob(
                    PutObjectRequest.builder()
                            .bucket(PARTNER_BUCKET)
                            .key(key)
                            .contentLength((long) bytes.length)
                            .contentType("text/csv")
                            .build(),
                    new ByteArrayInputStream(bytes));
        }
    }

    /** The sample, a file a year, each with the header. */
    private static Map<String, String> years() throws IOException {
        Map<String, StringBuilder> years = new LinkedHashMap<>();
        try (var in = TrialStore.class.getResourceAsStream("/trial/seattle-weather.csv");
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String header = lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                years.computeIfAbsent(line.substring(0, 4), year -> new StringBuilder(header).append('\n'))
                        .append(line)
                        .append('\n');
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        years.forEach((year, text) -> texts.put(year, text.toString()));
        return texts;
    }

    Account account() {
        return account;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The trial's S3 server did not stop", e);
        } finally {
            objects.close();
        }
    }
}
