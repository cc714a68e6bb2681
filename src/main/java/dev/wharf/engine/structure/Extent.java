package dev.wharf.engine.structure;

import dev.wharf.kernel.problem.ProblemException;
import java.util.Locale;

/** How many files of a dataset are looked into before it is imported. */
public enum Extent {
    ALL,
    /** The first, the last and a hundred others. */
    SAMPLE,
    NONE;

    /** As the API spells it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * By its name in the API; {@code sample} where nothing is said.
     *
     * @throws ProblemException {@code VALIDATION_FAILED}
     */
    public static Extent of(String name) {
        return switch (name == null ? "sample" : name.toLowerCase(Locale.ROOT)) {
            case "all" -> ALL;
            case "sample" -> SAMPLE;
            case "none" -> NONE;
            default ->
                throw ProblemException.invalid(
                        "structureCheck",
                        "must be \"all\" (every file is looked into), \"sample\" (the first, the last and a hundred"
                                + " others) or \"none\"");
        };
    }
}
