package dev.wharf.engine.structure;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat.Kind;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.sample.Sample;
import java.util.List;

/**
 * How the files of a dataset are structured, all alike.
 *
 * @param compression around the files: {@code none}, {@code gzip} …, or {@code mixed}
 * @param encoding of text, as {@link Sample#encoding}, or {@code mixed}; else null
 * @param delimiter what splits the values of delimited text; empty where every line is one value; else null
 * @param header whether the first row of each file of delimited text holds the names; else null
 * @param columns in the order of results; types as they were said or stated, else as far as values have been looked at
 * @param checked how many files were looked into
 */
public record Structure(
        Kind format,
        String compression,
        String encoding,
        String delimiter,
        Boolean header,
        List<Sample.Column> columns,
        long checked) {
    /** Files whose structures differ in that, which their readers do not mind. */
    static final String MIXED = "mixed";
    /** Of JSON whose records are not all objects. */
    static final List<Sample.Column> VALUES = List.of(new Sample.Column("json", "JSON"));

    /** The same with some of the columns. */
    public Structure with(List<Sample.Column> some) {
        return new Structure(format, compression, encoding, delimiter, header, some, checked);
    }

    /** The same where the values of text and JSON are not to be told apart by what they look like. */
    public Structure ofText() {
        return format.compressesInside() || VALUES.equals(columns)
                ? this
                : with(columns.stream()
                        .map(column -> new Sample.Column(column.name(), "VARCHAR"))
                        .toList());
    }

    /** How such files are read: as it was found here, where nobody has said it. */
    public Reading reading(Reading said) {
        var found = new TextDialect(header, delimiter, null, null);
        var reading = format.delimited() ? said.with(said.dialect().or(found)) : said;
        return VALUES.equals(columns) ? reading.ofValues() : reading;
    }
}
