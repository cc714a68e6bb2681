package dev.wharf.running;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.Associations;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobInputs;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** Jobs as the API knows them: a group of a run and a publication, started by one request. */
public final class JobGroups {
    private static final Map<String, String> FILTERED =
            Map.of("name", "name", "description", "description", "status", "status", "execution", "execution");
    private static final Map<String, String> SORTED = Map.of(
            "id", "id", "name", "name", "status", "status", "createdAt", "created_at", "updatedAt", "updated_at");

    private final JobGroupTable table;
    private final JobInputs inputs;

    public JobGroups(JobGroupTable table, JobInputs inputs) {
        this.table = table;
        this.inputs = inputs;
    }

    /**
     * The caller's jobs, newest first where the query does not say otherwise.
     *
     * @param query those of lists; {@code embed} as for {@link #get}
     * @throws ProblemException 400 if the query is malformed
     */
    @Operation("listJobGroups")
    public Page<Map<String, Object>> list(Caller caller, Query query) {
        var embedded = embedded(query);
        var listed = ListQuery.of(query, "name", FILTERED, SORTED, "-id");
        return Page.of(
                query,
                (limit, offset) -> embed(embedded, table.groups(caller, listed, limit, offset)),
                () -> table.count(caller, listed));
    }

    /**
     * One job; {@code embed=jobs,wrangledDataset} adds those.
     *
     * @throws ProblemException 404 if the caller has none of that id; 400 for an association that there is not
     */
    @Operation("getJobGroup")
    public Map<String, Object> get(Caller caller, long id, Query query) {
        var embedded = embedded(query);
        return embed(embedded, List.of(require(caller, id))).get(0);
    }

    private static Embedded embedded(Query query) {
        return Embedded.of(query, Associations.with("jobs", "wrangledDataset"));
    }

    private List<Map<String, Object>> embed(Embedded embedded, List<Map<String, Object>> groups) {
        if (embedded.has("jobs")) {
            var jobs = table.jobs(
                    groups.stream().map(group -> (Long) group.get("id")).toList());
            groups.forEach(group -> group.put(
                    "jobs", Map.of("data", embedded.show("jobs", jobs.getOrDefault(group.get("id"), List.of())))));
        }
        if (embedded.has("wrangledDataset")) {
            groups.stream()
                    .filter(group -> group.get("wrangledDataset") != null)
                    .forEach(group -> group.put(
                            "wrangledDataset",
                            embedded.show(
                                    "wrangledDataset", inputs.view(((Reference) group.get("wrangledDataset")).id()))));
        }
        return groups;
    }

    /**
     * The profile of what a job read: the built-in engine makes none, also where one was asked for.
     *
     * @throws ProblemException 400 always, as clients of the v4 API know it; 404 if the caller has no such job
     */
    @Operation("getJobGroupProfile")
    public void profile(Caller caller, long id) {
        require(caller, id);
        throw new ProblemException(
                Problem.NO_PROFILE, "Job group " + id + " has no profile: the environment photon makes none");
    }

    /** The status alone. */
    @Operation("getJobGroupStatus")
    public String status(Caller caller, long id) {
        return (String) require(caller, id).get("status");
    }

    /** The jobs of a group: the run and the publication. */
    @Operation("listJobs")
    public Map<String, Object> jobs(Caller caller, long id) {
        return Map.of("data", table.jobs((Long) require(caller, id).get("id")));
    }

    /** The files that were written; none before the job is complete. */
    @Operation("getJobGroupOutputs")
    public Map<String, Object> outputs(Caller caller, long id) {
        long groupId = (Long) require(caller, id).get("id");
        return Map.of("files", table.publishedFiles(groupId), "tables", List.of());
    }

    private Map<String, Object> require(Caller caller, long id) {
        return table.group(caller, id).orElseThrow(() -> Ids.notFound("job group", id));
    }
}
