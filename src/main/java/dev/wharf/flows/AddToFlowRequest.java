package dev.wharf.flows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.RequestBody;

/** The body that puts something into a flow, {@code {"flow":{"id":10}}}. */
public record AddToFlowRequest(long flowId) implements RequestBody {
    @JsonCreator
    static AddToFlowRequest of(@JsonProperty("flow") RecipeRequest.Named flow) {
        return new AddToFlowRequest(RecipeRequest.id("flow.id", "a flow", flow));
    }
}
