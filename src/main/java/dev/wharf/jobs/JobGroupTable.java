package dev.wharf.jobs;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin;
import dev.wharf.identity.VisibleRows;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.sql.Database;
import dev.wharf.parameters.RunValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The rows of job groups with their write settings, and how the API shows them. */
public final class JobGroupTable {
    /** The type of the job that looks at the values of results. */
    private static final String PROFILE = "profile";

    private final Database database;
    private final RunInputs inputs;

    public JobGroupTable(Database database) {
        this.database = database;
        this.inputs = new RunInputs(database);
    }

    /**
     * The ids that a new job got.
     *
     * @param profile null where none is made
     * @param outputs of the jobs that write its outputs, in their order; the first is the publication
     */
    public record Ids(long group, long run, Long profile, List<Long> outputs) {}

    /**
     * @param place where it reads
     * @param manifestId the files that are read; null where they are found when the run begins
     * @param runParameters with what the run resolves the paths of what it reads and writes, as JSON; null where none varies
     * @param profiler whether a profile is made
     */
    public Ids insert(
            Caller caller,
            JobInput input,
            ReadPlace place,
            Long manifestId,
            String runParameters,
            String execution,
            List<WriteSetting> settings,
            boolean profiler,
            Instant now) {
        return database.inTransaction(() -> {
            long group = database.insert(RunInputs.told(database.sql("jobs/insert-group"), place)
                    .param("uuid", UUID.randomUUID().toString())
                    .param("workspace", caller.workspaceId())
                    .param("membership", caller.membershipId())
                    .param("dataset", input.dataset().id())
                    .param("recipe", input.recipeId(), Types.BIGINT)
                    .param("manifest", manifestId, Types.BIGINT)
                    .param("runParameters", runParameters, Types.VARCHAR)
                    .param("name", input.name())
                    .param("execution", execution)
                    .param("ranFrom", caller.origin().way() == Origin.Way.SCHEDULE ? "schedule" : "api")
                    .param("now", Timestamp.from(now)));
            if (manifestId != null && place.varies()) {
                inputs.keep(group);
            }
            for (WriteSetting setting : settings) {
                WriteSettingColumns.told(database.sql("jobs/insert-write-setting"), setting)
                        .param("group", group)
                        .update();
            }
            long run = insertJob(group, "wrangle", now);
            Long profile = profiler ? insertJob(group, PROFILE, now) : null;
            List<Long> outputs = new ArrayList<>(List.of(insertJob(group, "publish", now)));
            outputs.addAll(new OutputJobs(database).insert(group, settings.size(), Timestamp.from(now)));
            return new Ids(group, run, profile, outputs);
        });
    }

    private long insertJob(long group, String type, Instant now) {
        return database.insert(database.sql("jobs/insert-pending-job")
                .param("group", group)
                .param("type", type)
                .param("due", Timestamp.from(now.plus(JobTimes.GRACE)))
                .param("now", Timestamp.from(now)));
    }

    public Optional<Map<String, Object>> group(Caller caller, long id) {
        return database.sql("jobs/find-group")
                .param("id", id)
                .param("workspace", caller.workspaceId())
                .param("person", caller.isWorkspaceAdmin() ? null : caller.personId(), Types.BIGINT)
                .query(JobGroupTable::groupView)
                .optional();
    }

    public List<Map<String, Object>> groups(Caller caller, JobFilter filter, int limit, int offset) {
        return filter.narrow(database.rows("jobs/list-groups", filter.list()), caller)
                .param("limit", limit)
                .param("offset", offset)
                .query(JobGroupTable::groupView)
                .list();
    }

    public long count(Caller caller, JobFilter filter) {
        return filter.narrow(database.count("jobs/list-groups", filter.list()), caller)
                .query(Long.class)
                .single();
    }

    private static Map<String, Object> groupView(ResultSet row, int number) throws SQLException {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", row.getLong("id"));
        view.put("uuid", row.getString("uuid"));
        view.put("name", row.getString("name"));
        view.put("description", row.getString("description"));
        view.put("ranfrom", row.getString("ran_from"));
        Long publishedFrom = row.getObject("published_from", Long.class);
        view.put("ranfor", publishedFrom == null ? "recipe" : "publish");
        view.put("status", row.getString("status"));
        view.put("execution", row.getString("execution"));
        view.put("profilingEnabled", row.getBoolean("is_profiled"));
        view.put("errorMessage", row.getString("failure"));
        view.put("warning", warning(row));
        String runParameters = row.getString("run_parameters");
        RunValues values = runParameters == null ? null : RunValues.kept(runParameters);
        view.put("runParameterReferenceDate", values == null ? null : values.reference());
        view.put("runParameters", values == null ? null : values.given());
        Long asked = row.getObject("asked_id", Long.class);
        view.put("wrangledDataset", asked == null ? null : new Reference(asked));
        Long flowRun = row.getObject("flow_run_id", Long.class);
        view.put("flowrun", flowRun == null ? null : new Reference(flowRun));
        view.put("publishedFrom", publishedFrom == null ? null : new Reference(publishedFrom));
        view.put("newDataset", newDataset(row));
        view.put("creator", new Reference(row.getLong("person_id")));
        view.put("updater", new Reference(row.getLong("person_id")));
        view.put("workspace", new Reference(row.getLong("workspace_id")));
        view.put("createdAt", row.getTimestamp("created_at").toInstant());
        view.put("updatedAt", row.getTimestamp("updated_at").toInstant());
        return view;
    }

    /** What its stores have not listed, what there is to say of its profile, and why no dataset was made of its results. */
    private static String warning(ResultSet row) throws SQLException {
        List<String> warnings = new ArrayList<>();
        warnings.add(row.getString("warning"));
        warnings.add(row.getString("profile_message"));
        String failure = row.getString("new_failure");
        if (failure != null) {
            warnings.add("No dataset \"" + row.getString("new_name") + "\" was made of output "
                    + row.getInt("new_output") + ": " + failure);
        }
        warnings.removeIf(Objects::isNull);
        return warnings.isEmpty() ? null : String.join(". ", warnings);
    }

    private static Map<String, Object> newDataset(ResultSet row) throws SQLException {
        if (row.getString("new_name") == null) {
            return null;
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", row.getString("new_name"));
        view.put("output", row.getInt("new_output"));
        view.put("id", row.getObject("new_id", Long.class));
        return view;
    }

    public List<WriteSetting> writeSettings(long groupId) {
        return database.sql("jobs/write-settings")
                .param("group", groupId)
                .query((row, number) -> WriteSettingColumns.row(row))
                .list();
    }

    /** What each of these jobs writes and where, as the API shows it. */
    public Map<Long, List<Map<String, Object>>> writeSettings(List<Long> groupIds) {
        Map<Long, List<Map<String, Object>>> views = new HashMap<>();
        if (!groupIds.isEmpty()) {
            database.sql("jobs/write-settings-of-groups")
                    .param("groups", groupIds)
                    .query(row -> {
                        Map<String, Object> view = new LinkedHashMap<>();
                        view.put("id", row.getLong("id"));
                        WriteSettingColumns.row(row).addTo(view);
                        views.computeIfAbsent(row.getLong("job_group_id"), group -> new ArrayList<>())
                                .add(view);
                    });
        }
        return views;
    }

    /** Begins a run of what a flow writes, of which each of these jobs is a part. */
    public long insertFlowRun(long flow, List<Long> groups, Instant now) {
        long run = database.insert(database.sql("jobs/insert-flow-run")
                .param("uuid", UUID.randomUUID().toString())
                .param("flow", flow)
                .param("now", Timestamp.from(now)));
        database.sql("jobs/within-flow-run")
                .param("run", run)
                .param("groups", groups)
                .update();
        return run;
    }

    /** The states of the jobs of a flow's run, as far as the caller may see them. */
    public List<String> flowRunStates(Caller caller, long run) {
        return VisibleRows.of(database.sql("jobs/flow-run-states"), caller)
                .param("id", run)
                .query(String.class)
                .list();
    }
}
