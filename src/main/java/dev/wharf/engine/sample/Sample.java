package dev.wharf.engine.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.StagedFile;
import java.util.List;

/**
 * The structure of a file and its first rows, in their order.
 *
 * @param format what the name of the file says
 * @param encoding how a text file writes its characters: {@code UTF-8}, {@code UTF-16}, {@code windows-1252}; else null
 * @param delimiter what splits the values of delimited text; else null, also for text of one column
 * @param header whether the first row of delimited text holds the names; else null
 * @param columns what the rows hold; none where the file is empty
 * @param columnCount how many columns the file has
 * @param omitted the names of columns that were left out, the first hundred of them
 * @param rows values as JSON: numbers where a double holds them exactly, else their text; dates and times as
 *     text ({@code 2026-01-31 12:00:00}); binary as Base64, and as {@code \xFF} within nested values; nested values as arrays and objects
 * @param rowCount how many rows the file has; null where only reading on would tell
 * @param cuts values that were cut off, row by row
 * @param warnings what is wrong with the file, behind the rows or with them
 * @param size of the file in bytes
 * @param bytesRead what was read of it
 */
public record Sample(
        SourceFormat format,
        String encoding,
        Character delimiter,
        Boolean header,
        List<Column> columns,
        int columnCount,
        List<String> omitted,
        List<List<JsonNode>> rows,
        Long rowCount,
        List<Cut> cuts,
        List<String> warnings,
        long size,
        long bytesRead) {

    /**
     * A column.
     *
     * @param name as the file has it; may repeat or be blank
     * @param type as DuckDB calls it, such as {@code BIGINT}, {@code VARCHAR} or {@code STRUCT(x INTEGER)}; stated by
     *     Parquet and Avro, found in the values of other formats
     */
    public record Column(String name, String type) {}

    /**
     * A value of which only the first characters are shown, as text.
     *
     * @param row from 0
     * @param column from 0
     * @param length of the whole value in characters, as text or JSON
     */
    public record Cut(int row, int column, long length) {}

    private static final int MOST_NAMES = 100;

    /** Whether this is all of the file: every row, every column, no value cut off. */
    public boolean complete() {
        return rowCount != null && rowCount == rows.size() && columnCount == columns.size() && cuts.isEmpty();
    }

    /** Of a file of 0 bytes. */
    static Sample empty(SourceFormat format, String name, long bytesRead) {
        var warning = StagedFile.refuse(name, StagedFile.NOTHING).detail();
        return new Sample(
                format,
                null,
                null,
                null,
                List.of(),
                0,
                List.of(),
                List.of(),
                0L,
                List.of(),
                List.of(warning),
                0,
                bytesRead);
    }

    static List<String> omitted(List<String> names) {
        return names.subList(0, Math.min(MOST_NAMES, names.size()));
    }
}
