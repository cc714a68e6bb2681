package dev.wharf.running;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobList;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Map;

/** The files that jobs have written, by ids of their own ({@code domain.md} §3.7, <i>scriptResults</i>). */
public final class ScriptResults {
    private final JobGroupTable groups;
    private final JobList jobs;

    public ScriptResults(JobGroupTable groups, JobList jobs) {
        this.groups = groups;
        this.jobs = jobs;
    }

    /**
     * One file.
     *
     * @throws ProblemException 404 if no job that the caller may see has written one of that id
     */
    @Operation("getScriptResult")
    public Map<String, Object> get(Caller caller, long id) {
        long group = jobs.groupOfResult(id).orElseThrow(() -> notFound(id));
        if (groups.group(caller, group).isEmpty()) {
            throw notFound(id);
        }
        return jobs.scriptResults(group).stream()
                .filter(result -> result.get("id").equals(id))
                .findFirst()
                .orElseThrow(() -> notFound(id));
    }

    /**
     * Where it lies, as a query for who sends files.
     *
     * @throws ProblemException as {@link #get}
     */
    public Query place(Caller caller, long id) {
        return Query.of(Map.of("uri", get(caller, id).get("uri").toString()));
    }

    private static ProblemException notFound(long id) {
        return Ids.notFound("script result", id);
    }
}
