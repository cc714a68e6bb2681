package dev.wharf.engine.duckdb;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.regex.Pattern;

/**
 * What a value of a type is as text, and as JSON: one judgement for results and previews. Numbers have the digits of
 * their own type; JSON has no number that is none, so {@code NaN} and {@code Infinity} are text.
 *
 * @param soundJson whether values of the type JSON are surely JSON; others are taken for text
 */
public record ValueSql(ColumnType type, boolean soundJson) {
    private static final String JSON = "JSON";
    private static final Pattern FRACTION = Pattern.compile("FLOAT|DOUBLE");
    private static final Pattern WHOLE = Pattern.compile("BOOLEAN|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?");
    private static final Pattern ALL_FRACTION = Pattern.compile("DECIMAL\\((\\d+), ?\\1\\)");

    ValueSql(String type, boolean soundJson) {
        this(ColumnType.of(type), soundJson);
    }

    /** Whether {@link #json} is more than text in quotes. */
    public boolean hasJson() {
        return type.nested()
                || soundJson && type.name().equals(JSON)
                || FRACTION.matcher(type.name()).matches()
                || WHOLE.matcher(type.name()).matches()
                || type.name().startsWith("DECIMAL");
    }

    /** A text; null for null. */
    public String text(String value) {
        if (type.nested()) {
            return json(value);
        }
        if (FRACTION.matcher(type.name()).matches()) {
            return fraction(value, "");
        }
        var text = "CAST(" + value + " AS VARCHAR)";
        return ALL_FRACTION.matcher(type.name()).matches()
                ? "regexp_replace(" + text + ", '^(-?)\\.', '\\10.')" // DuckDB writes .5
                : text;
    }

    /** JSON as text (RFC 8259), on one line; null for null. */
    public String json(String value) {
        return json(value, 1);
    }

    /** @param depth of lambdas, whose parameters need names of their own */
    private String json(String value, int depth) {
        var one = "e" + depth;
        return switch (type.name()) {
            case ColumnType.LIST -> joined('[', value, one, orNull(part(0).json(one, depth + 1)), ']');
            case ColumnType.MAP ->
                joined(
                        '{',
                        "map_entries(" + value + ")",
                        one,
                        "concat(" + quoted(part(0).text(one + ".key")) + ", ':', "
                                + orNull(part(1).json(one + ".value", depth + 1)) + ")",
                        '}');
            case ColumnType.STRUCT -> struct(value, depth);
            default -> hasJson() ? number(value) : quoted(text(value));
        };
    }

    private static String joined(char open, String list, String element, String json, char close) {
        return "('" + open + "' || array_to_string(list_transform(" + list + ", lambda " + element + ": " + json
                + "), ',') || '" + close + "')";
    }

    private String struct(String value, int depth) {
        var fields = new StringBuilder();
        for (int at = 0; at < type.parts().size(); at++) {
            var field = "struct_extract_at(" + value + ", " + (at + 1) + ")";
            fields.append(SqlText.text((at == 0 ? "{" : ",")
                            + quotedName(type.parts().get(at).name()) + ":"))
                    .append(", ")
                    .append(orNull(part(at).json(field, depth)))
                    .append(", ");
        }
        return "CASE WHEN " + value + " IS NOT NULL THEN concat(" + fields + "'}') END";
    }

    /** Of a value of several parts, what its type says of one, from 0. */
    public ValueSql part(int at) {
        return new ValueSql(type.parts().get(at).type(), soundJson);
    }

    private String number(String value) {
        return FRACTION.matcher(type.name()).matches() ? fraction(value, "\"") : text(value);
    }

    private static String fraction(String value, String quote) {
        var other = "WHEN %1$s > 0 THEN '%2$sInfinity%2$s' WHEN %1$s < 0 THEN '%2$s-Infinity%2$s'";
        return ("CASE WHEN isfinite(%1$s) THEN CAST(%1$s AS VARCHAR) WHEN isnan(%1$s) THEN '%2$sNaN%2$s' " + other
                        + " END")
                .formatted(value, quote);
    }

    /** A text in quotes. */
    static String quoted(String text) {
        return "CAST(to_json(" + text + ") AS VARCHAR)";
    }

    /** A name in quotes, as JSON itself. */
    public static String quotedName(String name) {
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(name)) + "\"";
    }

    public static String orNull(String json) {
        return "coalesce(" + json + ", 'null')";
    }
}
