package dev.wharf.parameters.environment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import dev.wharf.parameters.EnvironmentName;

/**
 * The body that makes an environment parameter or changes its value, checked.
 *
 * @param name null in a change that does not name it
 * @param value null in a change that leaves it
 */
@AlsoTaken(
        empty = "deleted_at",
        any = {"id", "uuid", "usageInfo", "creator", "updater", "workspace", "createdAt", "updatedAt"})
public record EnvironmentParameterRequest(String name, String value) implements RequestBody {
    private static final int MAX_VALUE = 1_024;

    /** @param variable the only kind there is */
    record Value(Variable variable) {}

    record Variable(String value) {}

    @JsonCreator
    static EnvironmentParameterRequest of(
            @JsonProperty("overrideKey") String overrideKey, @JsonProperty("value") Value value) {
        var faults = new Faults();
        String name =
                overrideKey == null ? null : faults.get(() -> EnvironmentName.require("overrideKey", overrideKey));
        String text = value == null ? null : faults.get(() -> text(value));
        faults.refuse();
        return new EnvironmentParameterRequest(name, text);
    }

    private static String text(Value value) {
        if (value.variable() == null || value.variable().value() == null) {
            throw ProblemException.invalid("value.variable.value", "is missing: environment parameters are variables");
        }
        return Text.description("value.variable.value", value.variable().value(), MAX_VALUE);
    }

    /**
     * @throws ProblemException 400 if it does not say all that a new one needs
     */
    void requireWhole() {
        if (name == null || value == null) {
            throw ProblemException.invalid(
                    name == null ? "overrideKey" : "value",
                    "is missing: send {\"overrideKey\":\"env.region\",\"value\":{\"variable\":{\"value\":\"eu\"}}}");
        }
    }
}
