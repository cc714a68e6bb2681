package dev.wharf.parameters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Suggestion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run says of the parameters of its dataset, in the v4 API's shape ({@code domain.md} §3.6).
 *
 * @param referenceDate a time with its offset, from which windows of time are counted; null is the run's start
 */
@JsonInclude(Include.NON_NULL)
public record RunOverrides(String referenceDate, Data overrides) {
    private static final String FIELD = "runParameters";

    /** @param data may be missing */
    public record Data(List<Given> data) {}

    /** @param key the override key of a variable or a selector */
    public record Given(String key, String value) {}

    /** Reads what {@link #at} has made, and {@link #keep} has written. */
    public static RunOverrides kept(String json) {
        return Json.read(json, RunOverrides.class);
    }

    /** As text, to be kept with a run. */
    public String keep() {
        return Json.write(this);
    }

    /** The moment from which windows of time are counted, of what is {@link #kept}. */
    public Instant reference() {
        return Instant.parse(referenceDate);
    }

    /** Whether nothing is said. */
    public boolean saysNothing() {
        return referenceDate == null && list().isEmpty();
    }

    /** The same with the moment from which windows of time are counted, to be kept with the run. */
    public static RunOverrides at(Instant now, RunOverrides given) {
        return given == null
                ? new RunOverrides(now.toString(), null)
                : new RunOverrides(given.reference(now).toString(), given.overrides());
    }

    private List<Given> list() {
        return overrides == null || overrides.data() == null ? List.of() : overrides.data();
    }

    /**
     * The moment that was named.
     *
     * @throws ProblemException 400 if it is none
     */
    private Instant reference(Instant now) {
        if (referenceDate == null) {
            return now;
        }
        try {
            return OffsetDateTime.parse(referenceDate).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    FIELD + ".referenceDate",
                    "must be a time with its offset such as \"2025-01-31T00:00:00Z\", and is \"" + referenceDate
                            + "\"");
        }
    }

    /**
     * @param overrides null for none
     * @param fillings the parameters, by their override keys
     * @throws ProblemException 400 with all that fits none of them
     */
    static Matching matching(RunOverrides overrides, Map<String, Filling> fillings, Instant now) {
        if (overrides == null) {
            return new Matching(now, Map.of());
        }
        var faults = new Faults();
        Instant reference = faults.get(() -> overrides.reference(now));
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < overrides.list().size(); i++) {
            String field = FIELD + ".overrides.data[" + i + "]";
            Given given = overrides.list().get(i);
            faults.check(() -> add(field, given, fillings, values));
        }
        faults.refuse();
        return new Matching(reference, values);
    }

    private static void add(String field, Given given, Map<String, Filling> fillings, Map<String, String> values) {
        if (given == null || given.key() == null) {
            throw ProblemException.invalid(field + ".key", "is missing");
        }
        Filling filling = fillings.get(given.key());
        if (filling == null) {
            throw ProblemException.invalid(
                    field + ".key",
                    "is \"" + given.key() + "\", which is the override key of no parameter of the dataset"
                            + Suggestion.instead(given.key(), fillings.keySet()));
        }
        filling.check(field + ".value", given.value());
        if (values.putIfAbsent(given.key(), given.value()) != null) {
            throw ProblemException.invalid(field + ".key", "is \"" + given.key() + "\", which has a value already");
        }
    }
}
