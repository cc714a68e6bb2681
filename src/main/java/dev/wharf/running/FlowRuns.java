package dev.wharf.running;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobInputs;
import dev.wharf.jobs.Recipe;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.parameters.RunOverrides;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs of all that a flow writes: a job for each recipe that has something to write. */
public final class FlowRuns {
    private static final String RUN = "runFlow";

    private final JobGroupTable table;
    private final JobInputs inputs;
    private final JobStarts starts;
    private final Executions executions;
    private final AuditTrail trail;
    private final Clock clock;

    public FlowRuns(
            JobGroupTable table,
            JobInputs inputs,
            JobStarts starts,
            Executions executions,
            AuditTrail trail,
            Clock clock) {
        this.table = table;
        this.inputs = inputs;
        this.starts = starts;
        this.executions = executions;
        this.trail = trail;
        this.clock = clock;
    }

    /** The answer to a request that runs a flow, with what the request for each job would be answered. */
    public record Started(long flowRunId, List<JobStarts.Started> data) implements Made {
        @Override
        public String location() {
            return "/v4/flowRuns/" + flowRunId + "/status";
        }
    }

    /**
     * The jobs that a run consists of.
     *
     * @param flow that the caller may see
     * @throws ProblemException 400 if there is nothing to write, or the request names recipes that write nothing
     */
    public List<JobRequest> wanted(Caller caller, long flow, FlowRunRequest request) {
        List<Recipe> writing = inputs.ofFlow(flow);
        if (writing.isEmpty()) {
            throw ProblemException.invalid(
                    "Flow " + flow,
                    "has nothing to write: give one of its recipes an output object for jobs that people start (POST"
                            + " /v4/outputObjects, isAdhoc=true)");
        }
        requireKnown(flow, request, writing);
        List<Recipe> wanted = writing.stream()
                .filter(recipe ->
                        request.recipes().isEmpty() || request.recipes().contains(recipe.id()))
                .toList();
        List<JobRequest> jobs = wanted.stream()
                .map(recipe -> named(
                        recipe.name(),
                        () -> JobRequest.of(
                                new JobRequest.Reference(recipe.id()),
                                false,
                                null,
                                null,
                                request.overrides().get(recipe.name()))))
                .toList();
        return request.runParameters() == null ? jobs : with(caller, flow, request.runParameters(), jobs);
    }

    /** Tells each job what is said of its own parameters; those of one name have one value in all of them. */
    private List<JobRequest> with(Caller caller, long flow, RunOverrides said, List<JobRequest> jobs) {
        List<Optional<Set<String>>> keys =
                jobs.stream().map(job -> starts.keys(caller, job)).toList();
        if (keys.stream().allMatch(Optional::isEmpty)) {
            throw ProblemException.invalid(
                    "runParameters",
                    "says something of parameters, and no dataset of flow " + flow
                            + " nor where its results go has any");
        }
        Set<String> all = new TreeSet<>();
        keys.forEach(some -> some.ifPresent(all::addAll));
        said.requireFit(all);
        return IntStream.range(0, jobs.size())
                .mapToObj(i -> jobs.get(i).with(keys.get(i).map(said::only).orElse(null)))
                .toList();
    }

    /** A request for many jobs is refused for one of them: it says for which. */
    private static <T> T named(String recipe, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            throw new ProblemException(e.problem(), "Recipe \"" + recipe + "\": " + e.detail(), e);
        }
    }

    private static void requireKnown(long flow, FlowRunRequest request, List<Recipe> writing) {
        Set<Long> ids = writing.stream().map(Recipe::id).collect(Collectors.toSet());
        request.recipes().stream().filter(id -> !ids.contains(id)).findFirst().ifPresent(id -> {
            throw ProblemException.invalid(
                    "wrangledDatasetIds",
                    "names " + id + ", which is no recipe of flow " + flow
                            + " with an output object for jobs that people"
                            + " start (isAdhoc=true; those of isAdhoc=false are for schedules)");
        });
        Set<String> names = writing.stream().map(Recipe::name).collect(Collectors.toCollection(TreeSet::new));
        request.overrides().keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ProblemException.invalid(
                            "overrides",
                            "names \"" + name + "\", and the recipes with an output object are "
                                    + String.join(", ", names));
                });
    }

    /**
     * Starts all of them, or none.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException as for each job by itself
     */
    public Started start(Caller caller, long flow, List<JobRequest> wanted, String executionId) {
        Instant now = clock.instant();
        Map<Long, String> names =
                inputs.ofFlow(flow).stream().collect(Collectors.toMap(Recipe::id, Recipe::name, (one, same) -> one));
        List<JobStarts.Prepared> jobs = wanted.stream()
                .map(job ->
                        named(names.getOrDefault(job.datasetId(), ""), () -> starts.prepare(caller, job, null, now)))
                .toList();
        return executions.once(
                caller.workspaceId(),
                caller.personId(),
                executionId,
                RUN + " " + flow + " " + Json.write(wanted),
                () -> {
                    List<JobStarts.Started> started =
                            jobs.stream().map(job -> starts.start(caller, job)).toList();
                    long run = table.insertFlowRun(
                            flow, started.stream().map(JobStarts.Started::id).toList(), clock.instant());
                    trail.record(
                            caller,
                            AuditedAction.of(RUN),
                            "flow " + flow + ", as flow run " + run + " of " + started.size() + " jobs");
                    return new Started(run, started);
                });
    }

    /**
     * How far a run is: it fails with any of its jobs, once all are over.
     *
     * @throws ProblemException 404 if the caller has no such run
     */
    @Operation("getFlowRunStatus")
    public String status(Caller caller, long id) {
        List<String> states = table.flowRunStates(caller, id);
        if (states.isEmpty()) {
            throw Ids.notFound("flow run", id);
        }
        if (states.stream().allMatch("Created"::equals)) {
            return "Created";
        }
        for (String state : List.of("Created", "InProgress")) {
            if (states.contains(state)) {
                return "InProgress";
            }
        }
        for (String state : List.of("Failed", "Canceled")) {
            if (states.contains(state)) {
                return state;
            }
        }
        return "Complete";
    }
}
