package dev.wharf.engine.file;

import dev.wharf.kernel.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The types of columns of delimited text or JSON, as far as somebody has said them.
 *
 * @param byName a column's name, as the file has it, to its type: {@code VARCHAR}, {@code BIGINT}, {@code DOUBLE},
 *     {@code DECIMAL(p,s)} with up to 38 digits, {@code BOOLEAN}, {@code DATE} or {@code TIMESTAMP}, in any case
 */
public record SaidTypes(Map<String, String> byName) {
    /** Nothing was said. */
    public static final SaidTypes UNSAID = new SaidTypes(Map.of());

    private static final Pattern PLAIN = Pattern.compile("VARCHAR|BIGINT|DOUBLE|BOOLEAN|DATE|TIMESTAMP");
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");
    private static final int MOST = 10_000;
    private static final int MOST_DIGITS = 38;
    private static final int NAMED = 20;

    /** @throws ProblemException {@code VALIDATION_FAILED}, naming the column */
    public SaidTypes {
        if (byName.size() > MOST) {
            throw ProblemException.invalid("columnTypes", "must name at most " + MOST + " columns");
        }
        var checked = new LinkedHashMap<String, String>();
        byName.forEach((name, type) -> checked.put(name, checked(name, type)));
        byName = checked;
    }

    private static String checked(String name, String type) {
        var upper = type == null ? "" : type.strip().toUpperCase(Locale.ROOT);
        if (PLAIN.matcher(upper).matches()) {
            return upper;
        }
        var decimal = DECIMAL.matcher(upper);
        if (decimal.matches()) {
            int digits = Integer.parseInt(decimal.group(1));
            int scale = Integer.parseInt(decimal.group(2));
            if (digits >= 1 && digits <= MOST_DIGITS && scale <= digits) {
                return "DECIMAL(" + digits + "," + scale + ")";
            }
        }
        throw ProblemException.invalid(
                "columnTypes",
                "gives \"" + name + "\" the type " + type + ": a type is VARCHAR, BIGINT, DOUBLE, DECIMAL(p,s) with up"
                        + " to 38 digits, BOOLEAN, DATE or TIMESTAMP");
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** What was said of a column; null where nothing was. */
    public String of(String name) {
        return byName.get(name);
    }

    /**
     * Refuses names that no column has.
     *
     * @param columns all there are
     * @param whose for the message
     * @throws ProblemException {@code VALIDATION_FAILED}
     */
    public void check(List<String> columns, String whose) {
        var unknown =
                byName.keySet().stream().filter(name -> !columns.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw ProblemException.invalid(
                    "columnTypes",
                    "names " + list(unknown) + ", which " + (unknown.size() == 1 ? "is no column" : "are no columns")
                            + " of " + whose + "; it has " + list(columns));
        }
    }

    private static String list(List<String> names) {
        return names.stream().limit(NAMED).map(name -> "\"" + name + "\"").collect(Collectors.joining(", "))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
