package dev.wharf.flows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.Text;

/**
 * The body that makes a flow, checked. There are no folders of flows, and nothing in one that its {@code settings} could make
 * faster.
 */
@AlsoTaken(
        empty = {"folderId", "folder"},
        any = "settings")
public record FlowRequest(String name, String description) implements RequestBody {
    static final int MAX_NAME = 255;
    static final int MAX_DESCRIPTION = 4000;

    @JsonCreator
    static FlowRequest of(@JsonProperty("name") String name, @JsonProperty("description") String description) {
        var faults = new Faults();
        faults.check(() -> Text.name("name", name, MAX_NAME));
        faults.check(() -> Text.description("description", description, MAX_DESCRIPTION));
        faults.refuse();
        return new FlowRequest(name, description);
    }
}
