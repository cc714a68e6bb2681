package dev.wharf.flows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;

/**
 * The body that makes a recipe, checked.
 *
 * @param datasetId what it reads
 * @param name null for that of its dataset
 */
public record RecipeRequest(long flowId, long datasetId, String name, String description) implements RequestBody {

    /** Something that is named by its id. */
    record Named(Long id) {}

    @JsonCreator
    static RecipeRequest of(
            @JsonProperty("importedDataset") Named importedDataset,
            @JsonProperty("wrangledDataset") JsonNode wrangledDataset,
            @JsonProperty("inferredScript") JsonNode inferredScript,
            @JsonProperty("flow") Named flow,
            @JsonProperty("name") String name,
            @JsonProperty("description") String description) {
        if (isGiven(inferredScript)) {
            throw new ProblemException(
                    Problem.RECIPES_NOT_SUPPORTED,
                    "inferredScript has steps, and a recipe changes nothing here: its results are the dataset as it is."
                            + " Leave it out");
        }
        refuseChain(wrangledDataset);
        var faults = new Faults();
        Long dataset = faults.get(() -> id("importedDataset.id", "an imported dataset", importedDataset));
        Long into = faults.get(() -> id("flow.id", "a flow", flow));
        if (name != null) {
            faults.check(() -> Text.name("name", name, FlowRequest.MAX_NAME));
        }
        faults.check(() -> Text.description("description", description, FlowRequest.MAX_DESCRIPTION));
        faults.refuse();
        return new RecipeRequest(into, dataset, name, description);
    }

    /** A recipe over what another one makes would read a dataset that is nowhere. */
    static void refuseChain(JsonNode wrangledDataset) {
        if (isGiven(wrangledDataset)) {
            throw new ProblemException(
                    Problem.RECIPES_NOT_SUPPORTED,
                    "wrangledDataset names another recipe, and a recipe changes nothing here: name the dataset that it reads"
                            + " as importedDataset instead");
        }
    }

    private static boolean isGiven(JsonNode value) {
        return value != null && !Json.asksForNothing(value);
    }

    static Long id(String field, String of, Named named) {
        if (named == null || named.id() == null) {
            throw ProblemException.invalid(field, "must be the id of " + of);
        }
        return named.id();
    }
}
