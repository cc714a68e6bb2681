package dev.wharf.parameters;

import dev.wharf.kernel.problem.ProblemException;
import java.util.regex.Pattern;

/** The names of parameters whose value administrators say for a whole workspace ({@code domain.md} §6). */
public final class EnvironmentName {
    /** What all of them begin with, and no other parameter does. */
    public static final String PREFIX = "env.";

    private static final Pattern FORM = Pattern.compile("env\\.[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    private EnvironmentName() {}

    public static boolean isOne(String key) {
        return key != null && key.startsWith(PREFIX);
    }

    /**
     * @throws ProblemException 400 naming the field
     */
    public static String require(String field, String name) {
        if (name == null || !FORM.matcher(name).matches()) {
            throw ProblemException.invalid(
                    field,
                    "must be " + PREFIX + " and 1 to 100 letters, digits, underscores, dots or hyphens, such as "
                            + PREFIX + "region");
        }
        return name;
    }
}
