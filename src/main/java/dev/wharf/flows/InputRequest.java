package dev.wharf.flows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.RequestBody;

/** The body that has a recipe read another dataset, {@code {"importedDataset":{"id":7}}}. */
public record InputRequest(long datasetId) implements RequestBody {
    @JsonCreator
    static InputRequest of(
            @JsonProperty("importedDataset") RecipeRequest.Named importedDataset,
            @JsonProperty("wrangledDataset") JsonNode wrangledDataset) {
        RecipeRequest.refuseChain(wrangledDataset);
        return new InputRequest(RecipeRequest.id("importedDataset.id", "an imported dataset", importedDataset));
    }
}
