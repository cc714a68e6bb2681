package dev.wharf.running;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.parameters.RunOverrides;
import java.util.List;
import java.util.Map;

/**
 * The body that runs what a flow writes.
 *
 * @param recipes those whose outputs are to be run; empty for all
 * @param runParameters what the run says of the parameters of datasets and of where results go; null for nothing
 * @param overrides what is to be written in place of what was saved, by the names of recipes
 */
@AlsoTaken(
        empty = {"scheduleExecutionId", "sparkOptions", "schemaDriftOptions", "databricksOptions"},
        any = "ignoreRecipeErrors")
public record FlowRunRequest(
        List<Long> recipes, RunOverrides runParameters, Map<String, JobRequest.Overrides> overrides)
        implements RequestBody {
    @JsonCreator
    static FlowRunRequest of(
            @JsonProperty("execution") String execution,
            @JsonProperty("wrangledDatasetIds") List<Long> wrangledDatasetIds,
            @JsonProperty("runParameters") RunOverrides runParameters,
            @JsonProperty("overrides") Map<String, JobRequest.Overrides> overrides) {
        var faults = new Faults();
        faults.check(() -> JobRequest.requireExecution("execution", execution));
        if (wrangledDatasetIds != null && wrangledDatasetIds.contains(null)) {
            faults.add("wrangledDatasetIds must be ids of recipes, without null");
        }
        faults.refuse();
        return new FlowRunRequest(
                wrangledDatasetIds == null ? List.of() : List.copyOf(wrangledDatasetIds),
                runParameters == null || runParameters.saysNothing() ? null : runParameters,
                overrides == null ? Map.of() : overrides);
    }
}
