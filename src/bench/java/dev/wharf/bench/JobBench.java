package dev.wharf.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.settings.Settings;
import jakarta.jms.JMSContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * The service, given jobs a line at a time: answers each line with the seconds from the first message or request to the
 * last {@code _SUCCESS}.
 *
 * <p>Arguments: the store's endpoint, a bucket of it, a folder for the service's data. Lines: {@code files <number>
 * <prefix>}, one job that publishes so many objects {@code <prefix>00000…}; {@code across <key> <endpoint>}, one that
 * publishes one to the bucket of that name in another store; {@code jobs <number> <key>}, so many that publish one each;
 * {@code runs <number> <prefix>}, so many runs over the files there.
 */
public final class JobBench {
    private static final String BROKER = "vm://7";

    /** Between two looks at a job; little against what a round takes, and what it costs the service is no job's. */
    private static final int POLLED_MILLIS = 50;

    private final Wharf wharf;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String bucket;
    private final String token;
    private final Map<String, Long> datasets = new HashMap<>();
    private final Map<String, Long> connections = new HashMap<>();

    private JobBench(Wharf wharf, String bucket) throws IOException {
        this.wharf = wharf;
        this.bucket = bucket;
        this.token =
                Files.readString(wharf.folder().resolve("admin.token")).strip();
    }

    public static void main(String[] arguments) throws Exception {
        var settings = new HashMap<>(Map.of(
                "wharf.data-dir", arguments[2],
                "wharf.http.port", "0",
                "wharf.vfs.port", "0",
                "wharf.observe.port", "0",
                "wharf.broker.url", BROKER,
                "wharf.connections.private-endpoints", "127.0.0.0/8",
                "wharf.limits.multi-part-output", "true",
                "wharf.limits.job-groups-per-user", "1000000",
                "wharf.limits.job-groups-per-workspace", "1000000"));
        settings.putAll(Map.of(
                "wharf.storage.bucket", arguments[1],
                "wharf.storage.endpoint", arguments[0],
                "wharf.storage.path-style", "true",
                "wharf.storage.access-key-id", "bench",
                "wharf.storage.secret-access-key", "bench-secret"));
        try (var wharf = Wharf.start(Settings.of(settings), Path.of("").toAbsolutePath());
                var lines = new BufferedReader(new InputStreamReader(System.in))) {
            var bench = new JobBench(wharf, arguments[1]);
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                long start = System.nanoTime();
                bench.perform(words);
                System.out.printf("%.4f%n", (System.nanoTime() - start) / 1e9);
            }
        }
    }

    private void perform(String[] words) throws Exception {
        switch (words[0]) {
            case "files" -> {
                List<String> files = IntStream.range(0, Integer.parseInt(words[1]))
                        .mapToObj(number -> words[2] + "%04d".formatted(number))
                        .toList();
                publish(List.of(files), "");
            }
            case "across" -> publish(List.of(List.of(words[1])), "?connectionId=" + connection(words[2]));
            case "jobs" ->
                publish(IntStream.range(0, Integer.parseInt(words[1]))
                                .mapToObj(number -> List.of(words[2]))
                                .toList(),
                        "");
            case "runs" -> run(Integer.parseInt(words[1]), words[2]);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /**
     * One job for each list of keys.
     *
     * @param store of the results, as the end of their address
     */
    private void publish(List<List<String>> jobs, String store) throws Exception {
        long before = newest();
        try (var connections = new ActiveMQConnectionFactory(BROKER);
                JMSContext queue = connections.createContext()) {
            var sender = queue.createProducer();
            var target = queue.createQueue("publishing.jobs");
            for (List<String> keys : jobs) {
                sender.send(target, announcement(keys, store));
            }
        }
        List<Long> ids = new ArrayList<>();
        for (long id = before + 1; id <= before + jobs.size(); id++) {
            ids.add(id);
        }
        await(ids);
    }

    private String announcement(List<String> keys, String store) {
        return Json.write(Map.of(
                "announcedAs",
                UUID.randomUUID().toString(),
                "personWorkspaceId",
                1,
                "name",
                "bench",
                "execution",
                "spark",
                "results",
                List.of(Map.of(
                        "path",
                        "s3://" + bucket + "/out/" + UUID.randomUUID() + "/" + store,
                        "action",
                        "create",
                        "format",
                        "csv",
                        "files",
                        keys.stream().map(key -> "s3://" + bucket + "/" + key).toList()))));
    }

    private long connection(String endpoint) throws Exception {
        if (!connections.containsKey(endpoint)) {
            var body = Map.of(
                    "vendor", "aws",
                    "vendorName", "aws",
                    "type", "remotefile",
                    "credentialType", "keySecret",
                    "name", "other",
                    "params", Map.of("endpoint", endpoint),
                    "credentials", List.of(Map.of("key", "bench", "secret", "bench-secret")));
            connections.put(endpoint, post("/v4/connections", body).path("id").asLong());
        }
        return connections.get(endpoint);
    }

    private long newest() throws Exception {
        JsonNode newest = get("/v4/jobGroups?limit=1&sort=-id").path("data");
        return newest.isEmpty() ? 0 : newest.get(0).path("id").asLong();
    }

    private void run(int count, String prefix) throws Exception {
        if (!datasets.containsKey(prefix)) {
            datasets.put(
                    prefix,
                    post("/v4/importedDatasets", Map.of("name", "bench", "uri", "s3://" + bucket + "/" + prefix))
                            .path("id")
                            .asLong());
        }
        List<Long> ids = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            ids.add(post(
                            "/v4/jobGroups",
                            Map.of(
                                    "wrangledDataset",
                                    Map.of("id", datasets.get(prefix)),
                                    "overrides",
                                    Map.of(
                                            "writesettings",
                                            List.of(Map.of(
                                                    "path",
                                                    "s3://" + bucket + "/out/" + UUID.randomUUID() + "/r.csv",
                                                    "action",
                                                    "create",
                                                    "format",
                                                    "csv")))))
                    .path("id")
                    .asLong());
        }
        await(ids);
    }

    private void await(List<Long> jobGroups) throws Exception {
        for (long id : jobGroups) {
            while (true) {
                var answer = send(request("/v4/jobGroups/" + id + "/status").GET());
                if (answer.equals("\"Complete\"")) {
                    break;
                }
                if (answer.equals("\"Failed\"") || answer.equals("\"Canceled\"")) {
                    throw new IllegalStateException(send(request("/v4/jobGroups/" + id).GET()));
                }
                Thread.sleep(POLLED_MILLIS);
            }
        }
    }

    private JsonNode get(String path) throws Exception {
        return Json.read(send(request(path).GET()), JsonNode.class);
    }

    private JsonNode post(String path, Object body) throws Exception {
        return Json.read(
                send(request(path)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(body)))),
                JsonNode.class);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(wharf.api().resolve(path)).header("authorization", "Bearer " + token);
    }

    private String send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }
}
