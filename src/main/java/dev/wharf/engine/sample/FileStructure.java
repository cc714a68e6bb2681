package dev.wharf.engine.sample;

import dev.wharf.engine.csv.HeaderRow;
import dev.wharf.engine.file.SourceFormat;
import java.util.List;

/**
 * How one file is structured, as far as its first bytes tell; of Parquet, as its footer says.
 *
 * @param encoding as {@link Sample#encoding}
 * @param delimiter as {@link Sample#delimiter}
 * @param header as {@link Sample#header}
 * @param columns all of them; none where the file has no row. A type is null where no value tells it
 * @param values whether the records of JSON are values in one column, as not all of them are objects
 * @param firstRow of delimited text, to be weighed with those of other files; else null
 * @param whole whether all of the file was looked at
 * @param problem why a job refuses the file, as far as it was looked at; else null
 */
public record FileStructure(
        SourceFormat format,
        String encoding,
        Character delimiter,
        Boolean header,
        List<Sample.Column> columns,
        boolean values,
        HeaderRow firstRow,
        boolean whole,
        String problem) {
    /** Whether there is a row, or names of columns. */
    public boolean hasColumns() {
        return !columns.isEmpty();
    }

    /** The same with columns that are kept only once. */
    public FileStructure sharing(List<Sample.Column> same) {
        return new FileStructure(format, encoding, delimiter, header, same, values, firstRow, whole, problem);
    }

    /** Of a file that a job refuses. */
    public static FileStructure broken(SourceFormat format, String problem) {
        return new FileStructure(format, null, null, null, List.of(), false, null, false, problem);
    }

    /** Of a file of 0 bytes. */
    static FileStructure empty(SourceFormat format) {
        return new FileStructure(format, null, null, null, List.of(), false, null, true, null);
    }
}
