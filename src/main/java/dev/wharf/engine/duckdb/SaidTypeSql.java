package dev.wharf.engine.duckdb;

/**
 * A type that somebody has said of a column of text: which values are of it, judged so that none is changed but in
 * notation. DuckDB alone would round what has too many digits and cut the time off a date.
 */
public final class SaidTypeSql {
    private static final String DATE = "\\d{4}-\\d{1,2}-\\d{1,2}";

    private final String type;

    public SaidTypeSql(String type) {
        this.type = type;
    }

    /** Whether a text is a value of the type; true for null. */
    public String allows(String text) {
        if (type.equals("VARCHAR")) {
            return "true";
        }
        var pattern = pattern();
        return "(" + text + " IS NULL OR TRY_CAST(" + text + " AS " + type + ") IS NOT NULL"
                + (pattern == null ? "" : " AND regexp_full_match(" + text + ", " + SqlText.text(pattern) + ")") + ")";
    }

    public String cast(String text) {
        return "CAST(" + text + " AS " + type + ")";
    }

    private String pattern() {
        if (type.startsWith("DECIMAL")) {
            var scale = type.substring(type.indexOf(',') + 1, type.length() - 1);
            return "[-+]?[0-9]*(\\.[0-9]{0," + scale + "}0*)?";
        }
        return switch (type) {
            case "BIGINT" -> "[-+]?[0-9]+";
            case "DATE" -> DATE;
            case "TIMESTAMP" -> DATE + "([ T].*)?";
            default -> null;
        };
    }
}
