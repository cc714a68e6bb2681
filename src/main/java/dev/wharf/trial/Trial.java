package dev.wharf.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.StartupHook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Shows the main job on sample data: a partner's folder is imported through a connection, run, and published into a
 * folder of its own. Everything is found again on the next start, and nothing is done twice.
 */
public final class Trial implements StartupHook {
    private static final String CONNECTION = "Partner bucket";
    private static final String DATASET = "Seattle weather";
    private static final String SCHEDULE = "Partner's inbox";
    /** Runs of a schedule that are asked for at once. */
    private static final int PAGE = 1_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TrialStore store;

    @Override
    public Settings beforeStart(Settings settings, DataFolder folder) {
        store = TrialStore.open(folder, settings.trial().s3Port());
        TrialStore.Account account = store.account();
        return settings.forTrial(new Settings.Storage(
                false,
                TrialStore.BASE_BUCKET,
                List.of(),
                "us-east-1",
                account.endpoint(),
                true,
                false,
                account.accessKeyId(),
                new Secret(account.secretAccessKey()),
                "none",
                ""));
    }

    @Override
    public void afterStart(URI api, URI files, DataFolder folder) {
        try {
            String token = Files.readString(folder.resolve("admin.token")).strip();
            var client = new TrialClient(api, token);
            long connection = connection(client);
            JsonNode dataset = dataset(client, connection);
            JsonNode job = finished(client, job(client, dataset.path("id").asLong(), connection));
            JsonNode schedule = schedule(client, connection);
            JsonNode arrival = finished(client, jobOf(client, schedule));
            write(folder, api, files, token, connection, dataset, job, schedule);
            tell(client, api, files, folder, token, connection, dataset, job, schedule, arrival);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long connection(TrialClient client) {
        TrialStore.Account account = store.account();
        return byName(
                        client.get("/v4/connections?limit=1000"),
                        CONNECTION,
                        () -> client.post(
                                "/v4/connections",
                                Map.of(
                                        "vendor", "aws",
                                        "vendorName", "aws",
                                        "type", "remotefile",
                                        "credentialType", "keySecret",
                                        "name", CONNECTION,
                                        "description", "The sample bucket of the trial",
                                        "bucket", TrialStore.PARTNER_BUCKET,
                                        "params",
                                                Map.of(
                                                        "endpoint",
                                                        account.endpoint().toString()),
                                        "credentials",
                                                List.of(Map.of(
                                                        "key",
                                                        account.accessKeyId(),
                                                        "secret",
                                                        account.secretAccessKey()))),
                                "trial-connection"))
                .path("id")
                .asLong();
    }

    private static JsonNode dataset(TrialClient client, long connection) {
        String uri = "s3://" + TrialStore.PARTNER_BUCKET + "/" + TrialStore.FOLDER + "?connectionId=" + connection;
        return byName(
                client.get("/v4/importedDatasets?limit=1000"),
                DATASET,
                () -> client.post("/v4/importedDatasets", Map.of("uri", uri, "name", DATASET), "trial-dataset"));
    }

    private static long job(TrialClient client, long dataset, long connection) {
        String path = "s3://" + TrialStore.PARTNER_BUCKET + "/results/seattle-weather.csv?connectionId=" + connection;
        var setting = Map.of("path", path, "action", "create", "format", "csv", "asSingleFile", true, "header", true);
        JsonNode started = client.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset", Map.of("id", dataset),
                        "overrides", Map.of("execution", "photon", "writesettings", List.of(setting))),
                "trial-job");
        if (started != null) {
            return started.path("id").asLong();
        }
        // Newest first: the trial's own is the last.
        JsonNode groups = client.get("/v4/jobGroups?limit=1000").path("data");
        for (int i = groups.size() - 1; i >= 0; i--) {
            if (groups.path(i).path("wrangledDataset").path("id").asLong() == dataset) {
                return groups.path(i).path("id").asLong();
            }
        }
        throw new IllegalStateException("The trial's job was started and is gone");
    }

    /** Publishes what is put into the inbox, with nobody touching anything. */
    private static JsonNode schedule(TrialClient client, long connection) {
        String bucket = "s3://" + TrialStore.PARTNER_BUCKET + "/";
        String on = "?connectionId=" + connection;
        var setting = Map.of("path", bucket + "results/inbox.csv" + on, "action", "create", "format", "csv");
        return byName(
                client.get("/v4/schedules?limit=1000"),
                SCHEDULE,
                () -> client.post(
                        "/v4/schedules",
                        Map.of(
                                "name",
                                SCHEDULE,
                                "triggers",
                                List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "*/2 * * * * *")))),
                                "tasks",
                                List.of(
                                        Map.of(
                                                "importSource",
                                                Map.of(
                                                        "source",
                                                        Map.of(
                                                                "uri",
                                                                bucket + TrialStore.INBOX + on,
                                                                "name",
                                                                "What has come"))),
                                        Map.of(
                                                "runJob",
                                                Map.of("overrides", Map.of("writesettings", List.of(setting)))))),
                        "trial-schedule"));
    }

    /** The first job that the schedule has started, once it has. */
    private static long jobOf(TrialClient client, JsonNode schedule) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            JsonNode first = null;
            for (JsonNode run : runs(client, schedule.path("id").asLong())) {
                first = run.path("jobGroup").isNull() ? first : run.path("jobGroup");
            }
            if (first != null) {
                return first.path("id").asLong();
            }
            pause();
        }
        throw new IllegalStateException("The trial's schedule started no job within " + PATIENCE);
    }

    /** All of them, newest first: after half an hour there are more than a page holds. */
    private static List<JsonNode> runs(TrialClient client, long schedule) {
        List<JsonNode> runs = new ArrayList<>();
        JsonNode page;
        do {
            page = client.get("/v4/schedules/" + schedule + "/runs?limit=" + PAGE + "&offset=" + runs.size())
                    .path("data");
            page.forEach(runs::add);
        } while (page.size() == PAGE);
        return runs;
    }

    private static JsonNode byName(JsonNode list, String name, Supplier<JsonNode> otherwise) {
        for (JsonNode row : list.path("data")) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        return otherwise.get();
    }

    private static JsonNode finished(TrialClient client, long job) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            JsonNode group = client.get("/v4/jobGroups/" + job);
            switch (group.path("status").asText()) {
                case "Complete" -> {
                    return group;
                }
                case "Failed" ->
                    throw new IllegalStateException("The trial's job failed: "
                            + group.path("errorMessage").asText());
                default -> pause();
            }
        }
        throw new IllegalStateException("The trial's job was not complete after " + PATIENCE);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void write(
            DataFolder folder,
            URI api,
            URI files,
            String token,
            long connection,
            JsonNode dataset,
            JsonNode job,
            JsonNode schedule)
            throws IOException {
        TrialStore.Account account = store.account();
        Map<String, Object> s3 = new LinkedHashMap<>();
        s3.put("endpoint", account.endpoint().toString());
        s3.put("accessKeyId", account.accessKeyId());
        s3.put("secretAccessKey", account.secretAccessKey());
        s3.put("bucket", TrialStore.PARTNER_BUCKET);
        Map<String, Object> trial = new LinkedHashMap<>();
        trial.put("api", api.toString());
        trial.put("vfs", files.toString());
        trial.put("token", token);
        trial.put("connectionId", connection);
        trial.put("datasetId", dataset.path("id").asLong());
        trial.put("jobGroupId", job.path("id").asLong());
        trial.put("scheduleId", schedule.path("id").asLong());
        trial.put("s3", s3);
        folder.writePrivate("trial.json", Json.write(trial));
    }

    private void tell(
            TrialClient client,
            URI api,
            URI files,
            DataFolder folder,
            String token,
            long connection,
            JsonNode dataset,
            JsonNode job,
            JsonNode schedule,
            JsonNode arrival) {
        String result = result(client, job);
        System.out.printf(
                """

                Wharf is running, with a sample S3 server at %s
                  bucket "%s" holds %d files of weather data, a folder a year, reached through connection %d ("%s")
                  imported dataset %d ("%s"): %d files, %d ignored markers
                  job %d read them and wrote one file of results, into a folder of its own:
                    %s
                  schedule %d publishes by itself what is put into s3://%s/%s, as it did with the first file there:
                    %s
                Open   %s/#token=%s
                       which signs you in; the token is kept in %s
                List the bucket as the original's clients do:
                  curl -H 'x-trifacta-person-workspace-id: 1' -X GET '%s/vfsList?uri=s3://%s/%s?connectionId=%d'
                Ids and keys for scripts are in %s. Stop with Ctrl-C.
                """,
                store.account().endpoint(),
                TrialStore.PARTNER_BUCKET,
                dataset.path("fileCount").asLong(),
                connection,
                CONNECTION,
                dataset.path("id").asLong(),
                DATASET,
                dataset.path("fileCount").asLong(),
                dataset.path("ignoredCount").asLong(),
                job.path("id").asLong(),
                result,
                schedule.path("id").asLong(),
                TrialStore.PARTNER_BUCKET,
                TrialStore.INBOX,
                result(client, arrival),
                api,
                token,
                folder.resolve("admin.token"),
                "http://localhost:" + files.getPort(),
                TrialStore.PARTNER_BUCKET,
                TrialStore.FOLDER,
                connection,
                folder.resolve("trial.json"));
    }

    private static String result(TrialClient client, JsonNode job) {
        return client.get("/v4/jobGroups/" + job.path("id").asLong() + "/outputs")
                .path("files")
                .path(0)
                .path("uri")
                .asText();
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
