package dev.wharf.running;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.identity.Caller;
import dev.wharf.identity.people.Associations;
import dev.wharf.jobs.JobFilter;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobInputs;
import dev.wharf.jobs.JobList;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Jobs as the API knows them: a group of a run and a publication, started by one request. */
public final class JobGroups {
    private static final String RESULTS = "jobs.scriptResults";
    private static final String SETTINGS = "writeSettings";
    private static final String ASKED = "wrangledDataset";
    private static final String RECIPE = "wrangledDataset.recipe";

    private final JobGroupTable table;
    private final JobList jobs;
    private final JobInputs inputs;

    public JobGroups(JobGroupTable table, JobList jobs, JobInputs inputs) {
        this.table = table;
        this.jobs = jobs;
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
        return list(caller, query, JobFilter.own(query));
    }

    /**
     * The job library: workspace administrators' is everybody's.
     *
     * @param query as for {@link #list}, and what narrows the library
     * @throws ProblemException 400 naming a parameter that is malformed
     */
    @Operation("listJobLibrary")
    public Page<Map<String, Object>> library(Caller caller, Query query) {
        return list(caller, query, JobFilter.library(caller, query));
    }

    private Page<Map<String, Object>> list(Caller caller, Query query, JobFilter filter) {
        var embedded = embedded(query);
        return Page.of(
                query,
                (limit, offset) -> embed(embedded, table.groups(caller, filter, limit, offset)),
                () -> table.count(caller, filter));
    }

    /** How many jobs the library has, narrowed as it may be. */
    @Operation("countJobLibrary")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.count(caller, JobFilter.library(caller, query)));
    }

    /**
     * One job; {@code embed=jobs.scriptResults,wrangledDataset.recipe,writeSettings} adds those.
     *
     * @throws ProblemException 404 if the caller has none of that id; 400 for an association that there is not
     */
    @Operation("getJobGroup")
    public Map<String, Object> get(Caller caller, long id, Query query) {
        var embedded = embedded(query);
        return embed(embedded, List.of(require(caller, id))).get(0);
    }

    private static Embedded embedded(Query query) {
        return Embedded.of(query, Associations.with("jobs", RESULTS, ASKED, RECIPE, SETTINGS));
    }

    private List<Map<String, Object>> embed(Embedded embedded, List<Map<String, Object>> groups) {
        if (embedded.reaches("jobs")) {
            embedJobs(embedded, groups);
        }
        if (embedded.has(SETTINGS)) {
            var settings = table.writeSettings(
                    groups.stream().map(group -> (Long) group.get("id")).toList());
            groups.forEach(group -> group.put(
                    SETTINGS,
                    Map.of("data", embedded.show(SETTINGS, settings.getOrDefault(group.get("id"), List.of())))));
        }
        if (embedded.reaches(ASKED)) {
            groups.stream()
                    .filter(group -> group.get(ASKED) != null)
                    .forEach(group ->
                            group.put(ASKED, asked(embedded, inputs.view(((Reference) group.get(ASKED)).id()))));
        }
        return groups;
    }

    /** A recipe is its own; of a dataset that was taken as it is, that is the recipe. */
    private static JsonNode asked(Embedded embedded, Map<String, Object> view) {
        if (embedded.has(RECIPE)) {
            var recipe = new LinkedHashMap<>(view);
            recipe.remove("uuid");
            view.put("recipe", embedded.show(RECIPE, recipe));
        }
        return embedded.show(ASKED, view);
    }

    private void embedJobs(Embedded embedded, List<Map<String, Object>> groups) {
        List<Long> ids = groups.stream().map(group -> (Long) group.get("id")).toList();
        var jobsOf = jobs.of(ids);
        var results = embedded.has(RESULTS) ? jobs.scriptResults(ids) : Map.<Long, List<Map<String, Object>>>of();
        for (Map<String, Object> group : groups) {
            List<Map<String, Object>> shown = jobsOf.getOrDefault(group.get("id"), List.of());
            if (embedded.has(RESULTS)) {
                var written = results.getOrDefault(group.get("id"), List.of());
                shown.forEach(job -> job.put(
                        "scriptResults",
                        Map.of(
                                "data",
                                embedded.show(
                                        RESULTS,
                                        written.stream()
                                                .filter(result ->
                                                        result.get("job").equals(new Reference((Long) job.get("id"))))
                                                .toList()))));
            }
            group.put("jobs", Map.of("data", embedded.show("jobs", shown)));
        }
    }

    /** The status alone. */
    @Operation("getJobGroupStatus")
    public String status(Caller caller, long id) {
        return (String) require(caller, id).get("status");
    }

    /** The jobs of a group: the run, one for each output, and those that have published the results again. */
    @Operation("listJobs")
    public Map<String, Object> jobs(Caller caller, long id) {
        require(caller, id);
        return Map.of("data", jobs.of(id));
    }

    /**
     * One job of a group.
     *
     * @throws ProblemException 404 if the caller has none of that id
     */
    @Operation("getJob")
    public Map<String, Object> job(Caller caller, long id) {
        long group = jobs.groupsOfJob(id).stream()
                .filter(found -> table.group(caller, found).isPresent())
                .findFirst()
                .orElseThrow(() -> Ids.notFound("job", id));
        return jobs.of(group).stream()
                .filter(job -> job.get("id").equals(id))
                .findFirst()
                .orElseThrow(() -> Ids.notFound("job", id));
    }

    /** Its status alone. */
    @Operation("getJobStatus")
    public String jobStatus(Caller caller, long id) {
        return (String) job(caller, id).get("status");
    }

    /** The jobs that canceling a group has ended, as clients of the v4 API know it. */
    public Map<String, Object> canceled(Caller caller, long id) {
        require(caller, id);
        List<Object> ids = jobs.of(id).stream()
                .filter(job -> job.get("jobGroup").equals(new Reference(id)))
                .map(job -> job.get("id"))
                .toList();
        return Map.of("jobIds", ids, "jobgroupId", id);
    }

    /** What a job reads: its dataset, or the results that it publishes; nothing where another engine has announced the results. */
    @Operation("getJobGroupInputs")
    public Map<String, Object> inputs(Caller caller, long id) {
        require(caller, id);
        return Map.of("data", inputs.of(id));
    }

    /** Where else the results were published, oldest first. */
    @Operation("getJobGroupPublications")
    public Map<String, Object> publications(Caller caller, long id) {
        require(caller, id);
        return Map.of("data", jobs.publications(id));
    }

    /**
     * The job that publishes, with what clients of the v4 API look for in the answer.
     *
     * @param id of the job that publishes
     */
    public Map<String, Object> published(Caller caller, long id) {
        Map<String, Object> job = require(caller, id);
        job.put("jobgroupId", id);
        job.put("reason", "JobStarted");
        job.put("sessionId", UUID.randomUUID().toString());
        return job;
    }

    /** The files that were written; none before they are visible. */
    @Operation("getJobGroupOutputs")
    public Map<String, Object> outputs(Caller caller, long id) {
        require(caller, id);
        return Map.of(
                "files", jobs.scriptResults(id).stream().map(JobGroups::output).toList(), "tables", List.of());
    }

    private static Map<String, Object> output(Map<String, Object> result) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("uri", result.get("uri"));
        view.put("fileType", "FILE");
        view.put("isPrimaryOutput", true);
        view.put("output", result.get("output"));
        view.put("size", result.get("size"));
        return view;
    }

    private Map<String, Object> require(Caller caller, long id) {
        return table.group(caller, id).orElseThrow(() -> Ids.notFound("job group", id));
    }
}
