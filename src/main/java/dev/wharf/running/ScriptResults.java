package dev.wharf.running;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobList;
import dev.wharf.jobs.WrittenFile;
import dev.wharf.jobs.WrittenFiles;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Map;

/** The files that jobs have written, by ids of their own ({@code domain.md} §3.7, <i>scriptResults</i>). */
public final class ScriptResults {
    private final JobGroupTable groups;
    private final JobList jobs;
    private final WrittenFiles files;

    public ScriptResults(JobGroupTable groups, JobList jobs, WrittenFiles files) {
        this.groups = groups;
        this.jobs = jobs;
        this.files = files;
    }

    /**
     * One file.
     *
     * @throws ProblemException 404 if no job that the caller may see has written one of that id
     */
    @Operation("getScriptResult")
    public Map<String, Object> get(Caller caller, long id) {
        return result(group(caller, id), id);
    }

    /**
     * The version that the job has written, for who sends files.
     *
     * @throws ProblemException as {@link #get}
     */
    public WrittenFile written(Caller caller, long id) {
        long group = group(caller, id);
        Map<String, Object> result = result(group, id);
        return files.of(group, (int) result.get("output")).stream()
                .filter(file -> file.place().toString().equals(result.get("uri")))
                .findFirst()
                .orElseThrow(() -> notFound(id));
    }

    /** The job that has written it, if the caller may see that. */
    private long group(Caller caller, long id) {
        long group = jobs.groupOfResult(id).orElseThrow(() -> notFound(id));
        if (groups.group(caller, group).isEmpty()) {
            throw notFound(id);
        }
        return group;
    }

    private Map<String, Object> result(long group, long id) {
        return jobs.scriptResults(group).stream()
                .filter(result -> result.get("id").equals(id))
                .findFirst()
                .orElseThrow(() -> notFound(id));
    }

    private static ProblemException notFound(long id) {
        return Ids.notFound("script result", id);
    }
}
