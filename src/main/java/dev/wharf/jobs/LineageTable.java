package dev.wharf.jobs;

import dev.wharf.datasets.Dataset;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What comes from what, one step at a time and at most a hundred each. That a dataset consists of results is nowhere written
 * down: it does where its files are those that a job has written, whoever imported them and however.
 */
public final class LineageTable {
    private final Database database;
    private final RunInputs runs;

    public LineageTable(Database database) {
        this.database = database;
        this.runs = new RunInputs(database);
    }

    /**
     * What a job began with.
     *
     * @param datasetId null where another engine has made the results
     * @param publishedFrom the job whose results it has published again; else null
     */
    public record Links(Long datasetId, Long publishedFrom) {}

    public Links links(long jobGroupId) {
        return database.sql("jobs/lineage-links")
                .param("jobGroup", jobGroupId)
                .query((row, number) ->
                        new Links(row.getObject("dataset_id", Long.class), row.getObject("published_from", Long.class)))
                .single();
    }

    /** The jobs that have read a dataset. */
    public List<Long> readers(long datasetId) {
        return ids("jobs/lineage-readers", "dataset", datasetId);
    }

    /** The jobs that have published the results of one to other places. */
    public List<Long> publications(long jobGroupId) {
        return ids("jobs/lineage-publications", "jobGroup", jobGroupId);
    }

    private List<Long> ids(String statement, String parameter, long id) {
        return database.sql(statement).param(parameter, id).query(Long.class).list();
    }

    /** The jobs that have written what a dataset consists of. */
    public List<Long> writers(Dataset dataset) {
        return database.sql("jobs/lineage-writers")
                .param("manifest", dataset.manifestId())
                .param("bucket", dataset.source().bucket())
                .query(Long.class)
                .list();
    }

    /** The file or the folder that a job reads; where its path varies, the first files that were matched. */
    public List<S3Uri> reads(long jobGroupId) {
        return runs.of(jobGroupId).map(RunInputs.Read::places).orElse(List.of());
    }

    /** The first files that a job has written. */
    public List<S3Uri> files(long jobGroupId) {
        return database.sql("jobs/lineage-files")
                .param("jobGroup", jobGroupId)
                .query((row, number) -> JobList.uri(row))
                .list();
    }

    /** The datasets of the caller's workspace that consist of some of these files. */
    public List<Long> datasets(Caller caller, List<S3Uri> files) {
        return files.stream().collect(Collectors.groupingBy(S3Uri::bucket)).entrySet().stream()
                .flatMap(bucket ->
                        datasets(
                                caller,
                                bucket.getKey(),
                                bucket.getValue().stream().map(S3Uri::key).toList())
                                .stream())
                .toList();
    }

    private record Candidate(long id, long manifestId) {}

    private List<Long> datasets(Caller caller, String bucket, List<String> keys) {
        return database
                .sql("jobs/lineage-datasets")
                .param("workspace", caller.workspaceId())
                .param("bucket", bucket)
                .param("places", places(keys))
                .query((row, number) -> new Candidate(row.getLong("id"), row.getLong("manifest_id")))
                .list()
                .stream()
                .filter(candidate -> consistsOf(candidate, keys))
                .map(Candidate::id)
                .toList();
    }

    private boolean consistsOf(Candidate candidate, List<String> keys) {
        return database.sql("jobs/lineage-consists-of")
                        .param("manifest", candidate.manifestId())
                        .param("keys", keys)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The keys, and all folders in which they lie. */
    private static Set<String> places(List<String> keys) {
        Set<String> places = new TreeSet<>(keys);
        for (String key : keys) {
            for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
                places.add(key.substring(0, slash + 1));
            }
        }
        return places;
    }
}
