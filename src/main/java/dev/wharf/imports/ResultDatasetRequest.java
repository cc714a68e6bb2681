package dev.wharf.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.Text;

/** The body that makes a dataset of an output of a job. */
public record ResultDatasetRequest(String name, String description) implements RequestBody {
    @JsonCreator
    static ResultDatasetRequest of(@JsonProperty("name") String name, @JsonProperty("description") String description) {
        var faults = new Faults();
        faults.check(() -> Text.name("name", name, ImportRequest.MAX_NAME));
        faults.check(() -> Text.description("description", description, ImportRequest.MAX_DESCRIPTION));
        faults.refuse();
        return new ResultDatasetRequest(name, description);
    }
}
