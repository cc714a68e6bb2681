package dev.wharf.killed;

import static org.awaitility.Awaitility.await;

import dev.wharf.kernel.api.Json;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.Content;
import dev.wharf.testing.stub.StubS3;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** What is asked of the nodes, and what has to come of it: publications by message, runs by HTTP, some more than once. */
final class Work implements AutoCloseable {
    private static final byte[] PEOPLE = "id,name\n1,Ada\n2,Grace\n".getBytes(StandardCharsets.UTF_8);
    private static final int LARGE = 9 << 20;
    /** Of which large files are stretches: after a hundred kills there are hundreds. */
    private static final Content NOISE = noise();

    private final TwoNodes nodes;
    private final Random random;
    private final ActiveMQConnectionFactory factory;
    private final JMSContext context;
    private final Queue queue;
    private final long dataset;
    private final List<String> sent = new ArrayList<>();
    /** By what the engine calls the job: the files of its folders, by their paths without the job group's number. */
    final Map<String, Map<String, Content>> publications = new LinkedHashMap<>();
    /** By the id of the request: the job groups that answers to it have named. */
    final Map<String, List<Long>> runs = new LinkedHashMap<>();

    int duplicates;

    Work(TwoNodes nodes, Random random) {
        this.nodes = nodes;
        this.random = random;
        this.factory = new ActiveMQConnectionFactory(nodes.brokerUrl);
        this.context = factory.createContext();
        this.queue = context.createQueue("publishing.jobs");
        nodes.store.put("tmp", "in/people.csv", PEOPLE);
        this.dataset = nodes.api(0)
                .post(
                        "/v4/importedDatasets",
                        Map.of("uri", "s3://tmp/in/?connectionId=" + nodes.connection, "name", "people"))
                .json()
                .path("id")
                .asLong();
    }

    private String source(boolean own, String key, Content content) {
        StubS3 store = own ? nodes.store : nodes.otherStore;
        String bucket = own ? "tmp" : "other";
        if (own) {
            store.put(bucket, key, content.bytes());
        } else {
            store.put(bucket, key, content);
        }
        return "s3://" + bucket + "/" + key + "?connectionId=" + (own ? nodes.connection : nodes.otherConnection);
    }

    void publish(int jobs) {
        for (int job = 0; job < jobs; job++) {
            publish();
        }
    }

    /** One file or several, copied inside their store or streamed from another one. */
    private void publish() {
        int number = publications.size();
        String name = "publication-" + number;
        Map<String, Content> files = new LinkedHashMap<>();
        List<Object> results = new ArrayList<>();
        int folders = number % 3 == 0 ? 2 : 1;
        for (int folder = 0; folder < folders; folder++) {
            int parts = number % 4 == 1 ? 3 : 1;
            List<String> sources = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                boolean own = (number + folder) % 2 == 0;
                Content content = number % 7 == 3 ? large(number) : Content.of(name + ", " + folder + ", " + part);
                String file = "part-" + part + ".csv";
                sources.add(source(own, name + "/" + folder + "/" + file, content));
                files.put(name + "/r" + folder + "_#/" + (parts == 1 ? "r" + folder + ".csv" : file), content);
            }
            results.add(Map.of(
                    "path",
                    "s3://target/" + name + "/r" + folder + ".csv?connectionId=" + nodes.connection,
                    "action",
                    "create",
                    "format",
                    "csv",
                    "files",
                    sources));
        }
        publications.put(name, files);
        send(Json.write(Map.of(
                "announcedAs", name,
                "personWorkspaceId", 1,
                "name", name,
                "execution", "spark",
                "results", results)));
        if (number % 3 == 1) { // at once, and of what was done long ago
            again(sent.size() - 1);
            again(random.nextInt(sent.size()));
        }
    }

    private static Content large(int number) {
        int from = number * 4_099 % LARGE;
        return NOISE.slice(from, from + LARGE);
    }

    private static Content noise() {
        byte[] bytes = new byte[2 * LARGE];
        new Random(LARGE).nextBytes(bytes);
        return Content.of(bytes);
    }

    private void again(int number) {
        duplicates++;
        send(sent.get(number));
    }

    private void send(String text) {
        sent.add(text);
        Message message = context.createTextMessage(text);
        context.createProducer().send(queue, message);
    }

    /** Asks one node, and where it does not answer, or to be sure, the other one. */
    void run() {
        String execution = UUID.randomUUID().toString();
        runs.put(execution, new ArrayList<>());
        var setting = Map.of(
                "path", "s3://target/run-" + runs.size() + "/r.csv?connectionId=" + nodes.connection,
                "action", "create",
                "format", "csv");
        var body = Map.of(
                "wrangledDataset", Map.of("id", dataset),
                "overrides", Map.of("writesettings", List.of(setting)));
        int first = random.nextInt(2);
        int wanted = runs.size() % 2 == 0 ? 2 : 1;
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    for (int turn = 0; turn < 2; turn++) {
                        ask((first + turn + runs.get(execution).size()) % 2, execution, body);
                        if (runs.get(execution).size() >= wanted) {
                            return true;
                        }
                    }
                    return false;
                });
        duplicates += wanted - 1;
    }

    private void ask(int node, String execution, Object body) {
        try {
            Api api = nodes.api(node);
            var answer = api.send(api.request("/v4/jobGroups")
                    .header("content-type", "application/json")
                    .header("x-execution-id", execution)
                    .POST(BodyPublishers.ofString(Json.write(body))));
            if (answer.status() == 201) {
                runs.get(execution).add(answer.json().path("id").asLong());
            } else if (answer.status() == 304) {
                String location = answer.headers().get("location").get(0);
                runs.get(execution).add(Long.parseLong(location.substring(location.lastIndexOf('/') + 1)));
            }
        } catch (UncheckedIOException dead) {
            // The other one, or this one when it is back.
        }
    }

    @Override
    public void close() {
        context.close();
        factory.close();
    }
}
