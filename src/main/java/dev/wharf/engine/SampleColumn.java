package dev.wharf.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/**
 * A column whose values are shown.
 *
 * @param content of the table
 * @param number from 1
 * @param type as DuckDB calls it
 */
record SampleColumn(Table.Content content, int number, String name, String type) {
    static final int MOST_CHARACTERS = 1_000;

    /** Types whose text is their JSON. */
    private static final Pattern PLAIN = Pattern.compile("BOOLEAN|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\\(.*");

    private static final Pattern NESTED = Pattern.compile("JSON|FLOAT|DOUBLE|(STRUCT|MAP|UNION)\\(.*|.*\\]");

    /** What is selected: a value, bounded in its length, and its whole length in characters. */
    String sql() {
        var column = "c" + number;
        if (content == Table.Content.JSON) {
            var text = column + "->>'$'";
            return "CASE WHEN length(" + text + ") > " + MOST_CHARACTERS + " THEN left(" + text + ", " + MOST_CHARACTERS
                    + ") ELSE CAST(" + column + " AS VARCHAR) END, length(" + text + ")";
        }
        var text = "CAST(" + value(column) + " AS VARCHAR)";
        return "left(" + text + ", " + MOST_CHARACTERS + "), length(" + text + ")";
    }

    private String value(String column) {
        var typed = content == Table.Content.TEXT ? "CAST(" + column + " AS " + type + ")" : column;
        if (type.equals("BLOB")) {
            return "base64(" + typed + ")";
        }
        if (type.equals("FLOAT")) {
            // By its text: the DOUBLE nearest to a FLOAT has digits that nobody has written.
            return "to_json(CAST(CAST(" + typed + " AS VARCHAR) AS DOUBLE))";
        }
        return NESTED.matcher(type).matches() ? "to_json(" + typed + ")" : typed;
    }

    /** @param length as it was selected */
    static boolean isCut(String length) {
        return length != null && Long.parseLong(length) > MOST_CHARACTERS;
    }

    /** A value that was selected, as JSON. */
    JsonNode json(String value, String length) {
        if (value == null) {
            return NullNode.instance;
        }
        boolean json = content == Table.Content.JSON
                || PLAIN.matcher(type).matches()
                || NESTED.matcher(type).matches();
        return json && !isCut(length) ? ExactJson.read(value) : TextNode.valueOf(value);
    }
}
