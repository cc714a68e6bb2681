package dev.wharf.parameters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Suggestion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What one run says of its parameters, in the v4 API's shape ({@code domain.md} §3.6): of those of its dataset's path and of
 * those of the paths of its results alike. Parameters of one name have one value.
 *
 * @param referenceDate a time with its offset, from which windows of time and timestamps are counted; null is the run's start
 */
@JsonInclude(Include.NON_NULL)
public record RunOverrides(String referenceDate, Data overrides) {
    private static final String FIELD = "runParameters";

    /** @param data may be missing */
    public record Data(List<Given> data) {}

    /** @param key the override key of a variable or a selector */
    public record Given(String key, String value) {}

    /** Whether nothing is said. */
    public boolean saysNothing() {
        return referenceDate == null
                && (overrides == null
                        || overrides.data() == null
                        || overrides.data().isEmpty());
    }

    /** The same of these parameters alone. */
    public RunOverrides only(Set<String> keys) {
        return overrides == null || overrides.data() == null
                ? this
                : new RunOverrides(
                        referenceDate,
                        new Data(overrides.data().stream()
                                .filter(given -> keys.contains(given.key()))
                                .toList()));
    }

    /**
     * Makes sure that everything is said of a parameter that there is, and once.
     *
     * @param keys the override keys of all that the run reads and writes
     * @throws ProblemException 400 with all that fits none of them
     */
    public void requireFit(Set<String> keys) {
        var faults = new Faults();
        faults.check(() -> reference(Instant.EPOCH));
        Set<String> told = new HashSet<>();
        each(
                overrides,
                (field, given) -> faults.check(() -> {
                    if (given.key() == null) {
                        throw ProblemException.invalid(field + ".key", "is missing");
                    }
                    if (!keys.contains(given.key())) {
                        throw ProblemException.invalid(
                                field + ".key",
                                "is \"" + given.key()
                                        + "\", which is the override key of no parameter, neither of what is read nor"
                                        + " of where results go" + Suggestion.instead(given.key(), keys));
                    }
                    if (!told.add(given.key())) {
                        throw ProblemException.invalid(
                                field + ".key", "is \"" + given.key() + "\", which has a value already");
                    }
                }));
        faults.refuse();
    }

    /** @param visitor is told the field of each as well */
    static void each(Data overrides, BiConsumer<String, Given> visitor) {
        List<Given> all = overrides == null || overrides.data() == null ? List.of() : overrides.data();
        for (int i = 0; i < all.size(); i++) {
            Given given = all.get(i);
            visitor.accept(FIELD + ".overrides.data[" + i + "]", given == null ? new Given(null, null) : given);
        }
    }

    /**
     * The moment that was named.
     *
     * @throws ProblemException 400 if it is none
     */
    Instant reference(Instant now) {
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
}
