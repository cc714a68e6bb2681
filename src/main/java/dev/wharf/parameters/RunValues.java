package dev.wharf.parameters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * With what a run resolves its paths, of what it reads and of where it writes: settled once, when it is accepted, and kept with
 * it.
 *
 * @param referenceDate from which windows of time and timestamps are counted
 * @param isDateGiven whether the run was given that date; null of runs of versions that did not keep it
 * @param overrides of variables and selectors; null for none
 * @param environment the values of environment parameters, by their names; null for none
 */
@JsonInclude(Include.NON_NULL)
public record RunValues(
        String referenceDate, Boolean isDateGiven, RunOverrides.Data overrides, Map<String, String> environment) {

    /**
     * @param given null where nothing was said
     * @param now the reference date where none was said
     * @throws ProblemException 400 for a reference date that is none
     */
    public static RunValues of(RunOverrides given, Map<String, String> environment, Instant now) {
        return given == null
                ? new RunValues(now.toString(), false, null, environment)
                : new RunValues(
                        given.reference(now).toString(), given.referenceDate() != null, given.overrides(), environment);
    }

    /** Reads what {@link #keep} has written. */
    public static RunValues kept(String json) {
        return Json.read(json, RunValues.class);
    }

    /**
     * As text, to be kept with a run.
     *
     * @throws ProblemException 400 if it is too long
     */
    public String keep() {
        String kept = Json.write(this);
        ParameterList.requireKeepable(kept);
        return kept;
    }

    /** What was said of the run, so that another one can be given the same. */
    public RunOverrides given() {
        boolean says = overrides != null && overrides.data() != null;
        return new RunOverrides(
                Boolean.TRUE.equals(isDateGiven) ? referenceDate : null,
                says ? overrides : new RunOverrides.Data(List.of()));
    }

    /** The moment from which windows of time and timestamps are counted. */
    public Instant reference() {
        return Instant.parse(referenceDate);
    }

    /**
     * What of it is for these parameters; the other overrides are for those of another path.
     *
     * @param fillings the parameters, by their override keys
     * @throws ProblemException 400 with all that one of them does not take
     */
    Matching matching(Map<String, Filling> fillings) {
        var faults = new Faults();
        Map<String, String> values = new HashMap<>();
        RunOverrides.each(overrides, (field, given) -> {
            Filling filling = fillings.get(given.key());
            if (filling != null) {
                faults.check(() -> filling.check(field + ".value", given.value()));
                values.put(given.key(), given.value());
            }
        });
        faults.refuse();
        return new Matching(reference(), values, environment == null ? Map.of() : environment);
    }
}
