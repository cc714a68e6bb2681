package dev.wharf.engine.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.json.ExactJson;

/**
 * A column whose values are shown.
 *
 * @param number from 1
 * @param type as DuckDB calls it
 * @param said whether somebody has said it
 */
record SampleColumn(Table table, int number, String name, String type, boolean said) {
    static final int MOST_CHARACTERS = 1_000;

    /** What is selected: a value, bounded in its length, and its whole length in characters. */
    String sql() {
        if (isWhole()) {
            var text = table.text(number);
            return "CASE WHEN length(" + text + ") > " + MOST_CHARACTERS + " THEN left(" + text + ", " + MOST_CHARACTERS
                    + ") ELSE " + table.json(number) + " END, length(" + text + ")";
        }
        var text = value();
        return "left(" + text + ", " + MOST_CHARACTERS + "), length(" + text + ")";
    }

    private String value() {
        var typed = table.typed()
                ? "c" + number
                : (said ? "TRY_CAST(" : "CAST(") + table.text(number) + " AS " + type + ")";
        if (type.equals("BLOB")) {
            return "base64(" + typed + ")";
        }
        return isJson() ? table.value(type).json(typed) : table.value(type).text(typed);
    }

    /** Whether it is shown as the file has it. */
    private boolean isWhole() {
        return table.content() == Table.Content.JSON && !said;
    }

    private boolean isJson() {
        return isWhole() || table.value(type).hasJson();
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
        return isJson() && !isCut(length) ? ExactJson.read(value) : TextNode.valueOf(value);
    }
}
