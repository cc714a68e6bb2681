package dev.wharf.flows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.Text;

/**
 * The body that copies a flow, checked. Empty texts, which clients send where nobody has said one, are none.
 *
 * @param name of the copy; null for {@code Copy of} and the name of its original
 * @param description of the copy; null for that of its original
 * @param copyDatasources whether the copy reads copies of the datasets
 */
public record FlowCopyRequest(String name, String description, boolean copyDatasources) implements RequestBody {
    @JsonCreator
    static FlowCopyRequest of(
            @JsonProperty("name") String name,
            @JsonProperty("description") String description,
            @JsonProperty("copyDatasources") Boolean copyDatasources) {
        String named = name == null || name.isEmpty() ? null : name;
        var faults = new Faults();
        if (named != null) {
            faults.check(() -> Text.name("name", named, FlowRequest.MAX_NAME));
        }
        faults.check(() -> Text.description("description", description, FlowRequest.MAX_DESCRIPTION));
        faults.refuse();
        return new FlowCopyRequest(
                named,
                description == null || description.isEmpty() ? null : description,
                Boolean.TRUE.equals(copyDatasources));
    }

    String nameFor(String original) {
        return Text.cut(name == null ? "Copy of " + original : name, FlowRequest.MAX_NAME);
    }
}
