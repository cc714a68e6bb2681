package dev.wharf.running;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import dev.wharf.parameters.RunOverrides;
import java.util.List;
import java.util.Objects;

/**
 * The body that starts a job ({@code domain.md} §3.7). The <i>wrangled dataset</i> is a recipe or an imported dataset, taken as
 * it is: there is nothing in it in which there could be errors, and nothing is cached.
 *
 * @param datasetId the id of the wrangled dataset
 * @param testMode whether to check the request and start nothing
 * @param runParameters what the run says of the parameters of the dataset and of where results go; null for nothing
 * @param profiler whether a profile is made; null for what the recipe's output object says
 * @param newDataset a dataset that is to be made of the results; null for none
 * @param writeSettings empty for what the recipe's output object says, or else one CSV file in the person's output folder
 */
@AlsoTaken(any = {"ignoreRecipeErrors", "forceCacheUpdate", "ranfrom"})
public record JobRequest(
        long datasetId,
        boolean testMode,
        RunOverrides runParameters,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean profiler,
        NewDataset newDataset,
        List<WriteSetting> writeSettings)
        implements RequestBody {
    /** The name of the built-in engine in the v4 API. */
    static final String EXECUTION = "photon";

    private static final int MAX_WRITE_SETTINGS = 20;

    private static final int MAX_NAME = 255;

    record Reference(Long id) {}

    /** @param output of which of the job's outputs, from 1; null where there is one */
    record NewDataset(String name, Integer output) {}

    /** @param isAdhoc whether it is a job that somebody starts, which it is */
    @AlsoTaken(empty = "publications", any = "ignoreRecipeErrors")
    record Overrides(
            String execution,
            Boolean profiler,
            Boolean isAdhoc,

            @JsonProperty("writesettings") @JsonAlias("writeSettings")
            List<WriteSetting> writeSettings) {}

    @JsonCreator
    static JobRequest of(
            @JsonProperty("wrangledDataset") Reference dataset,
            @JsonProperty("testMode") Boolean testMode,
            @JsonProperty("runParameters") RunOverrides runParameters,
            @JsonProperty("newDataset") NewDataset newDataset,
            @JsonProperty("overrides") Overrides overrides) {
        var faults = new Faults();
        if (newDataset != null) {
            faults.check(() -> Text.name("newDataset.name", newDataset.name(), MAX_NAME));
        }
        faults.check(() -> {
            if (dataset == null || dataset.id() == null) {
                throw ProblemException.invalid(
                        "wrangledDataset.id", "must be the id of an imported dataset or a recipe");
            }
        });
        List<WriteSetting> settings = List.of();
        if (overrides != null) {
            faults.check(() -> requireExecution("overrides.execution", overrides.execution()));
            faults.check(() -> requireAdhoc(overrides.isAdhoc()));
            settings = overrides.writeSettings() == null ? List.of() : overrides.writeSettings();
            List<WriteSetting> asked = settings;
            faults.check(() -> check(asked));
        }
        faults.refuse();
        return new JobRequest(
                dataset.id(),
                Boolean.TRUE.equals(testMode),
                runParameters == null || runParameters.saysNothing() ? null : runParameters,
                overrides == null ? null : overrides.profiler(),
                newDataset,
                List.copyOf(settings));
    }

    /** The same with what is said of its parameters; null for nothing. */
    JobRequest with(RunOverrides said) {
        return new JobRequest(
                datasetId,
                testMode,
                said == null || said.saysNothing() ? null : said,
                profiler,
                newDataset,
                writeSettings);
    }

    static void requireExecution(String field, String execution) {
        if (execution != null && !EXECUTION.equals(execution)) {
            throw ProblemException.invalid(
                    field, "must be \"" + EXECUTION + "\"; other environments announce their results to the queue");
        }
    }

    private static void requireAdhoc(Boolean adhoc) {
        if (Boolean.FALSE.equals(adhoc)) {
            throw ProblemException.invalid(
                    "overrides.isAdhoc", "must be true: what outputs of isAdhoc=false say is for schedules");
        }
    }

    private static void check(List<WriteSetting> settings) {
        if (settings.stream().anyMatch(Objects::isNull)) {
            throw ProblemException.invalid("overrides.writesettings", "must be an array of objects, without null");
        }
        if (settings.size() > MAX_WRITE_SETTINGS) {
            throw ProblemException.invalid(
                    "overrides.writesettings", "must have at most " + MAX_WRITE_SETTINGS + " objects");
        }
        WriteSetting.requireApart("overrides.writesettings", settings);
    }
}
