package dev.wharf.engine.parquet;

import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.SqlText;
import dev.wharf.engine.file.StagedFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the first rows of a Parquet file lie in it, as its footer says.
 *
 * @param rowCount of the file
 * @param columnCount on the top level
 * @param chunks of the row groups that hold the first rows, in the order of the file's columns
 */
public record ParquetLayout(long rowCount, int columnCount, List<Chunk> chunks) {
    /**
     * The values of a row group in one column, or in one field of a nested one.
     *
     * @param column on the top level, from 1
     * @param repeats whether a row may have any number of values
     */
    record Chunk(int column, boolean repeats, long offset, long length) {}

    private record Leaf(int column, boolean repeats) {}

    /**
     * Reads the footer.
     *
     * @param rows that are wanted
     * @throws dev.wharf.kernel.problem.ProblemException where it is not sound
     */
    public static ParquetLayout of(DuckDbSession session, StagedFile file, long rows) throws SQLException {
        try {
            return read(session, SqlText.text(file.path().toString()), rows);
        } catch (IndexOutOfBoundsException | NumberFormatException contradictory) {
            throw file.problem("is not a sound Parquet file: its footer contradicts itself.");
        }
    }

    private static ParquetLayout read(DuckDbSession session, String path, long rows) throws SQLException {
        long rowCount = Long.parseLong(session.query("SELECT num_rows FROM parquet_file_metadata(" + path + ")")
                .get(0)
                .get(0));
        var schema = session.query("SELECT num_children, repetition_type FROM parquet_schema(" + path + ")");
        var leaves = new ArrayList<Leaf>();
        int columns = Integer.parseInt(schema.get(0).get(0));
        int at = 1;
        for (int column = 1; column <= columns; column++) {
            at = leaves(schema, at, column, false, leaves);
        }
        return new ParquetLayout(rowCount, columns, chunks(session, path, rows, leaves));
    }

    /** @return the element behind this one and all that is in it */
    private static int leaves(List<List<String>> schema, int at, int column, boolean repeats, List<Leaf> leaves) {
        var element = schema.get(at);
        boolean repeated = repeats || "REPEATED".equals(element.get(1));
        int children = element.get(0) == null ? 0 : Integer.parseInt(element.get(0));
        if (children == 0) {
            leaves.add(new Leaf(column, repeated));
        }
        int next = at + 1;
        for (int child = 0; child < children; child++) {
            next = leaves(schema, next, column, repeated, leaves);
        }
        return next;
    }

    private static List<Chunk> chunks(DuckDbSession session, String path, long rows, List<Leaf> leaves)
            throws SQLException {
        var found =
                session.query("SELECT column_id, coalesce(least(nullif(dictionary_page_offset, 0), data_page_offset),"
                        + " data_page_offset), total_compressed_size FROM parquet_metadata(" + path + ")"
                        + " WHERE row_group_id <= (SELECT coalesce(min(row_group_id), " + Integer.MAX_VALUE + ") FROM"
                        + " (SELECT row_group_id, sum(max(row_group_num_rows)) OVER (ORDER BY row_group_id) AS rows"
                        + " FROM parquet_metadata(" + path + ") GROUP BY row_group_id) WHERE rows >= " + rows + ")");
        return found.stream()
                .map(chunk -> {
                    var leaf = leaves.get(Integer.parseInt(chunk.get(0)));
                    return new Chunk(
                            leaf.column(), leaf.repeats(), Long.parseLong(chunk.get(1)), Long.parseLong(chunk.get(2)));
                })
                .sorted(Comparator.comparingInt(Chunk::column).thenComparingLong(Chunk::offset))
                .toList();
    }
}
