package dev.wharf.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Text;

/**
 * The body that copies a dataset, checked.
 *
 * @param name of the copy; null for {@code Copy of} and the name of its original
 */
public record CopyRequest(String name) implements RequestBody {
    @JsonCreator
    static CopyRequest of(@JsonProperty("name") String name) {
        return new CopyRequest(name == null ? null : Text.name("name", name, ImportRequest.MAX_NAME));
    }

    String nameFor(String original) {
        return Text.cut(name == null ? "Copy of " + original : name, ImportRequest.MAX_NAME);
    }
}
