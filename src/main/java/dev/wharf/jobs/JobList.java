package dev.wharf.jobs;

import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The jobs of groups and what they have written, as the API shows them. */
public final class JobList {
    /** What clients of the v4 API look for to find the results of a run ({@code domain.md} §3.7). */
    public static final String FILE_WRITER = "filewriter";

    private static final String PUBLICATION = "publish";
    private static final String RUN = "wrangle";
    private static final String PROFILE = "profile";

    private final Database database;
    private final int mostAttempts;

    /** @param mostAttempts how often a job is begun before it has failed */
    public JobList(Database database, int mostAttempts) {
        this.database = database;
        this.mostAttempts = mostAttempts;
    }

    /** The jobs of one group, in their order. */
    public List<Map<String, Object>> of(long groupId) {
        return of(List.of(groupId)).getOrDefault(groupId, List.of());
    }

    /** The jobs of each of these groups, in their order. */
    public Map<Long, List<Map<String, Object>>> of(List<Long> groupIds) {
        return byGroup("jobs/list-jobs", "shown_in", groupIds, this::job);
    }

    private Map<String, Object> job(ResultSet row) throws SQLException {
        String status = row.getString("status");
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", row.getLong("id"));
        view.put("status", status);
        view.put("jobType", type(row));
        view.put("percentComplete", percentComplete(row, status));
        view.put("attempt", row.getInt("attempts"));
        view.put("maxAttempts", mostAttempts);
        view.put("errorMessage", row.getString("error_message"));
        view.put("jobGroup", new Reference(row.getLong("job_group_id")));
        view.put("createdAt", row.getTimestamp("created_at").toInstant());
        view.put("updatedAt", row.getTimestamp("updated_at").toInstant());
        return view;
    }

    /** A publication writes the first output; what publishes results once more is called what it is. */
    private static String type(ResultSet row) throws SQLException {
        boolean again = row.getObject("published_from", Long.class) != null;
        String type = row.getString("job_type");
        return type.equals(PUBLICATION) && !again ? FILE_WRITER : type;
    }

    /** Of the files that are in their stores, visible or not yet; of a run, nothing is known before its end. */
    private static long percentComplete(ResultSet row, String status) throws SQLException {
        if (status.equals("Complete")) {
            return 100;
        }
        boolean writes = !Set.of(RUN, PROFILE).contains(row.getString("job_type"));
        long files = writes ? row.getLong("files") : 0;
        return files == 0 ? 0 : Math.min(99, 100 * row.getLong("sent_files") / files);
    }

    /** The groups in which a job is shown: its own, and that whose results it has published again; none for no job. */
    public List<Long> groupsOfJob(long jobId) {
        return database.sql("jobs/group-of-job")
                .param("job", jobId)
                .query(Long.class)
                .list();
    }

    /** The publications of a group's results to other places, oldest first. */
    public List<Map<String, Object>> publications(long groupId) {
        return database.sql("jobs/publications")
                .param("jobGroup", groupId)
                .query((row, number) -> publication(row))
                .list();
    }

    private static Map<String, Object> publication(ResultSet row) throws SQLException {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", row.getLong("id"));
        view.put("jobGroup", new Reference(row.getLong("job_group_id")));
        view.put("path", row.getString("published_to"));
        view.put("status", row.getString("status"));
        view.put("errorMessage", row.getString("failure"));
        view.put("warning", row.getString("warning"));
        view.put("creator", new Reference(row.getLong("person_id")));
        view.put("createdAt", row.getTimestamp("created_at").toInstant());
        view.put("updatedAt", row.getTimestamp("updated_at").toInstant());
        return view;
    }

    /** The files that one group has written; none before they are visible. */
    public List<Map<String, Object>> scriptResults(long groupId) {
        return scriptResults(List.of(groupId)).getOrDefault(groupId, List.of());
    }

    /** The files that each of these groups has written. */
    public Map<Long, List<Map<String, Object>>> scriptResults(List<Long> groupIds) {
        return byGroup("jobs/script-results", "job_group_id", groupIds, JobList::scriptResult);
    }

    private static Map<String, Object> scriptResult(ResultSet row) throws SQLException {
        var uri = uri(row);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", row.getLong("id"));
        view.put("uri", uri.toString());
        view.put("bucket", uri.bucket());
        view.put("path", "/" + uri.key());
        view.put("connectionId", uri.connectionId());
        view.put("size", row.getLong("byte_size"));
        view.put("etag", row.getString("etag"));
        view.put("output", row.getInt("output_no"));
        view.put("job", new Reference(row.getLong("job_id")));
        view.put("jobGroup", new Reference(row.getLong("job_group_id")));
        view.put("createdAt", row.getTimestamp("created_at").toInstant());
        view.put("updatedAt", row.getTimestamp("updated_at").toInstant());
        return view;
    }

    /** A file that was published. */
    public record PublishedFile(S3Uri uri, long size, String etag) {}

    /** The files of a job's profile, beside its first result; none where there is no profile or it is not visible. */
    public List<PublishedFile> profile(long groupId) {
        List<PublishedFile> all = database.sql("jobs/profile")
                .param("group", groupId)
                .query(JobList::published)
                .list();
        return all.stream()
                .filter(file -> folder(file).equals(folder(all.get(0))))
                .toList();
    }

    private static String folder(PublishedFile file) {
        String location = file.uri().location();
        return location.substring(0, location.lastIndexOf('/'));
    }

    private static PublishedFile published(ResultSet row, int number) throws SQLException {
        return new PublishedFile(uri(row), row.getLong("byte_size"), row.getString("etag"));
    }

    /** Where a file of a job lies. */
    static S3Uri uri(ResultSet row) throws SQLException {
        return new S3Uri(
                row.getString("bucket"), row.getString("object_key"), row.getObject("connection_id", Long.class));
    }

    /** The group that has written a file; empty if there is no such file. */
    public OptionalLong groupOfResult(long resultId) {
        return database.sql("jobs/group-of-result")
                .param("result", resultId)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private interface View {
        Map<String, Object> of(ResultSet row) throws SQLException;
    }

    private Map<Long, List<Map<String, Object>>> byGroup(
            String statement, String group, List<Long> groupIds, View view) {
        Map<Long, List<Map<String, Object>>> views = new HashMap<>();
        if (!groupIds.isEmpty()) {
            database.sql(statement).param("groups", groupIds).query(row -> {
                views.computeIfAbsent(row.getLong(group), id -> new ArrayList<>())
                        .add(view.of(row));
            });
        }
        return views;
    }
}
