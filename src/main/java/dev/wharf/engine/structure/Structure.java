package dev.wharf.engine.structure;

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

    /** The same with some of the columns. */
    public Structure with(List<Sample.Column> some) {
        return new Structure(format, compression, encoding, delimiter, header, some, checked);
    }

    /** How a job reads delimited text: as it was found here, where nobody has said it. */
    public TextDialect dialect(TextDialect said) {
        return said.or(new TextDialect(header, delimiter, null, null));
    }
}
