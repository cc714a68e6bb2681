package dev.wharf.jobs;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Outbox;
import dev.wharf.kernel.sql.OutboxMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells what becomes of jobs as run events of OpenLineage (specification 2-0-2), in the transaction of the change itself. A job
 * group is a run; the recipe or dataset that it was asked for is the job. Files in S3 are datasets as the specification names
 * them: namespace {@code s3://<bucket>}, name the key.
 */
public final class LineageEvents {
    /** What such messages are called in the outbox. */
    static final String TOPIC = "openlineage";

    private static final String PRODUCER = "urn:wharf:service";
    private static final String SPECIFICATION = "https://openlineage.io/spec/";
    private static final Map<String, String> TYPES =
            Map.of("InProgress", "START", "Complete", "COMPLETE", "Failed", "FAIL", "Canceled", "ABORT");

    private final Database database;
    private final String namespace;
    private final Clock clock;
    private final Outbox outbox;
    private final RunInputs runs;

    /** @param namespace of the jobs */
    public LineageEvents(Database database, String namespace, Clock clock) {
        this.database = database;
        this.namespace = namespace;
        this.clock = clock;
        this.outbox = new Outbox(database, clock);
        this.runs = new RunInputs(database);
    }

    /** Tells how a job group stands now. */
    void changed(long jobGroupId) {
        Instant now = clock.instant();
        Map<String, Object> event = database.sql("jobs/lineage-event")
                .param("jobGroup", jobGroupId)
                .query((row, number) -> event(row, jobGroupId, now))
                .single();
        outbox.put(new OutboxMessage(UUID.randomUUID().toString(), TOPIC, Json.write(event)));
    }

    private Map<String, Object> event(ResultSet row, long jobGroupId, Instant now) throws SQLException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("eventType", TYPES.get(row.getString("status")));
        event.put("eventTime", now);
        event.put("run", Map.of("runId", row.getString("uuid"), "facets", runFacets(row.getString("failure"))));
        event.put("job", Map.of("namespace", namespace, "name", jobName(row), "facets", Map.of("jobType", JOB_TYPE)));
        event.put("inputs", inputs(row, jobGroupId));
        event.put("outputs", outputs(jobGroupId));
        event.put("producer", PRODUCER);
        event.put("schemaURL", SPECIFICATION + "2-0-2/OpenLineage.json#/$defs/RunEvent");
        return event;
    }

    private static final Map<String, Object> JOB_TYPE =
            facet("2-0-3/JobTypeJobFacet", Map.of("processingType", "BATCH", "integration", "WHARF", "jobType", "JOB"));

    /** What the same recipe or dataset does is the same job, run by run. */
    private static String jobName(ResultSet row) throws SQLException {
        Long recipe = row.getObject("recipe_id", Long.class);
        Long dataset = row.getObject("dataset_id", Long.class);
        String asked =
                recipe != null ? "recipe/" + recipe : dataset != null ? "dataset/" + dataset : row.getString("name");
        return "workspace/" + row.getLong("workspace_id") + "/" + asked
                + (row.getObject("published_from", Long.class) == null ? "" : "/publish");
    }

    private static Map<String, Object> runFacets(String failure) {
        return failure == null
                ? Map.of()
                : Map.of(
                        "errorMessage",
                        facet("1-0-1/ErrorMessageRunFacet", Map.of("message", failure, "programmingLanguage", "JAVA")));
    }

    private List<Map<String, Object>> inputs(ResultSet row, long jobGroupId) throws SQLException {
        Long source = row.getObject("published_from", Long.class);
        if (source != null) {
            return outputs(source);
        }
        return runs.of(jobGroupId).map(RunInputs.Read::places).orElse(List.of()).stream()
                .map(place -> dataset(place.bucket(), place.key()))
                .toList();
    }

    private List<Map<String, Object>> outputs(long jobGroupId) {
        return database.sql("jobs/lineage-outputs")
                .param("jobGroup", jobGroupId)
                .query((row, number) -> output(row))
                .list();
    }

    private static Map<String, Object> output(ResultSet row) throws SQLException {
        String key = row.getString("object_key");
        long files = row.getLong("files");
        Map<String, Object> output =
                dataset(row.getString("bucket"), files == 1 ? key : key.substring(0, key.lastIndexOf('/') + 1));
        output.put(
                "outputFacets",
                Map.of(
                        "outputStatistics",
                        facet(
                                "1-0-2/OutputStatisticsOutputDatasetFacet",
                                Map.of("size", row.getLong("bytes"), "fileCount", files))));
        return output;
    }

    /** @param key empty for all of a bucket */
    private static Map<String, Object> dataset(String bucket, String key) {
        Map<String, Object> dataset = new LinkedHashMap<>();
        dataset.put("namespace", "s3://" + bucket);
        dataset.put("name", key.isEmpty() ? "/" : key);
        return dataset;
    }

    /** @param schema the version and the name of the facet in the specification */
    private static Map<String, Object> facet(String schema, Map<String, Object> fields) {
        String name = schema.substring(schema.indexOf('/') + 1);
        Map<String, Object> facet = new LinkedHashMap<>();
        facet.put("_producer", PRODUCER);
        facet.put("_schemaURL", SPECIFICATION + "facets/" + schema + ".json#/$defs/" + name);
        facet.putAll(fields);
        return facet;
    }
}
