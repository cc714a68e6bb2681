package dev.wharf.engine;

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
    static Table open(DuckDbSession session, List<StagedFile> files, String layout) throws SQLException {
        var paths = files.stream().map(file -> file.path().toString()).toList();
        var read = "read_json(" + SqlText.texts(paths) + ", format=" + SqlText.text(layout)
                + ", maximum_depth=1, sample_size=-1, union_by_name=true)";
        var names = session.query("DESCRIBE SELECT * FROM " + read).stream()
                .map(column -> column.get(0))
                .toList();
        return new Table(
                read + " AS records(" + String.join(", ", SqlText.columns(names.size())) + ")",
                names,
                Table.Content.JSON);
    }
}
