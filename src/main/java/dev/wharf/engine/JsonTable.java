package dev.wharf.engine;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * Records of JSON files as columns, one a top-level key; what lies deeper stays JSON. Fractions are read as DOUBLE, so
 * their digits beyond the seventeenth are rounded; integers keep every digit. Of keys that differ in case only, the
 * second is renamed ({@code A_1}).
 */
final class JsonTable {
    /** JSON Lines, one array, or values one after the other. */
    static final String ANY = "auto";
    /** Nothing but one record a line. */
    static final String LINES = "newline_delimited";

    private JsonTable() {}

    /** Reads every file once to know every key: a key may first appear in the last record. */
    static Table open(DuckDbSession session, List<StagedFile> files, String layout) throws SQLException, IOException {
        for (StagedFile file : files) {
            JsonDepth.check(file);
        }
        var read = read(files, layout, 1);
        var columns = session.query("DESCRIBE SELECT * FROM " + read);
        var names = columns.stream().map(column -> column.get(0)).toList();
        if (!columns.stream().allMatch(column -> column.get(1).equals("JSON"))) {
            // The values are no objects, and DuckDB has found a type for them.
            read = read(files, layout, 0);
        }
        return new Table(
                read + " AS records(" + String.join(", ", SqlText.columns(names.size())) + ")",
                names,
                Table.Content.JSON);
    }

    /** Without guessing that objects of many keys, or of different ones, are maps: that would make them one column. */
    private static String read(List<StagedFile> files, String layout, int depth) {
        return "read_json(" + SqlText.files(files) + ", format=" + SqlText.text(layout) + ", maximum_depth=" + depth
                + ", map_inference_threshold=-1, field_appearance_threshold=0, sample_size=-1, union_by_name=true)";
    }
}
