package dev.wharf.flows;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.util.List;
import java.util.Objects;

/**
 * The body that says what a recipe writes, checked ({@code domain.md} §3.8). Whether recipe errors are ignored makes no
 * difference, as there are none.
 *
 * @param recipeId null in a change that does not name it
 * @param adhoc null where it was not said
 * @param profiler null where it was not said
 * @param settings null where none were sent
 */
@AlsoTaken(
        empty = {"sqlScripts", "outputObjectSchemaDriftOptions", "schemaDriftOptions", "sparkOptions"},
        any = {"ignoreRecipeErrors", "id", "uuid", "creator", "updater", "workspace", "createdAt", "updatedAt"})
public record OutputRequest(
        Long recipeId, Boolean adhoc, Boolean profiler, String name, String description, List<WriteSetting> settings)
        implements RequestBody {
    /** The name of the built-in engine in the v4 API. */
    static final String EXECUTION = "photon";

    @JsonCreator
    static OutputRequest of(
            @JsonProperty("execution") String execution,
            @JsonProperty("profiler") Boolean profiler,
            @JsonProperty("isAdhoc") Boolean isAdhoc,
            @JsonProperty("flowNodeId") Long flowNodeId,
            @JsonProperty("flowNode") RecipeRequest.Named flowNode,
            @JsonProperty("name") String name,
            @JsonProperty("description") String description,
            @JsonProperty("writeSettings") @JsonAlias("writesettings") JsonNode writeSettings,
            @JsonProperty("publications") JsonNode publications) {
        var faults = new Faults();
        faults.check(() -> requireExecution(execution));
        faults.check(() -> requireNoTables(publications));
        if (name != null) {
            faults.check(() -> Text.name("name", name, FlowRequest.MAX_NAME));
        }
        faults.check(() -> Text.description("description", description, FlowRequest.MAX_DESCRIPTION));
        Long named = flowNode == null ? null : flowNode.id();
        if (flowNodeId != null && named != null && !Objects.equals(flowNodeId, named)) {
            faults.add("flowNodeId contradicts flowNode.id: send one of them");
        }
        List<WriteSetting> settings =
                faults.get(() -> writeSettings == null ? null : SettingFields.settings("writeSettings", writeSettings));
        faults.refuse();
        return new OutputRequest(
                flowNodeId == null ? named : flowNodeId, isAdhoc, profiler, name, description, settings);
    }

    private static void requireExecution(String execution) {
        if (execution != null && !EXECUTION.equals(execution)) {
            throw ProblemException.invalid(
                    "execution",
                    "must be \"" + EXECUTION + "\"; other environments announce their results to the queue");
        }
    }

    private static void requireNoTables(JsonNode publications) {
        if (!SettingFields.many("publications", publications).isEmpty()) {
            throw ProblemException.invalid("publications", Publications.NO_TABLES);
        }
    }

    /** Whether it is for jobs that somebody starts. */
    boolean isForPeople() {
        return adhoc == null || adhoc;
    }
}
