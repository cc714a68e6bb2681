package dev.wharf.engine.csv;

import dev.wharf.engine.duckdb.Differences;
import dev.wharf.engine.file.SourceFormat.Kind;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TextDialect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How delimited text files of one dataset are read, decided here for previews and for jobs.
 *
 * @param header whether the first row of each file holds the names
 * @param names of the columns, as the files have them
 * @param files those that have rows
 * @param first what the first one's first row is
 * @param warnings where the rows left a doubt of how they are split, with what to say instead
 * @param doubt the same of the names; else null
 */
record CsvStructure(
        CsvDialect dialect,
        boolean header,
        List<String> names,
        List<StagedFile> files,
        HeaderRow first,
        List<String> warnings,
        String doubt) {

    /**
     * Decides from the first rows of all files.
     *
     * @param said what is not to be decided
     * @param cut whether the files are beginnings of longer ones
     * @return null where no file has a row
     * @throws dev.wharf.kernel.problem.ProblemException where files have different names, or a first row that cannot be read
     */
    static CsvStructure of(List<StagedFile> files, TextDialect said, boolean cut) throws IOException {
        var heads = new ArrayList<HeaderRow>();
        var warnings = new ArrayList<String>();
        CsvDialect dialect = null;
        for (var file : files) {
            var sample = CsvSample.of(file, said, cut);
            var own = dialect == null ? dialect(sample, said, warnings) : dialect;
            if (own.splits() && own.delimiter() == own.quote()) {
                throw file.problem("is split by " + words(own.delimiter())
                        + ", which cannot be the quote as well: say another delimiter or quote.");
            }
            var rows = sample.rows(own);
            if (!rows.list().isEmpty()) {
                dialect = own;
                heads.add(HeaderRow.of(file, rows));
            } else if (rows.fault() != null) {
                throw file.problem(rows.fault());
            }
        }
        return heads.isEmpty() ? null : of(dialect, heads, said, warnings);
    }

    /**
     * Whether a line that was read as a row is none: one without a character, where it cannot be a value.
     *
     * @param before rows in front of it
     */
    boolean isNoRow(int values, boolean missing, long before) {
        return dialect.splits() && values == 1 && missing && (names.size() > 1 || before == 0);
    }

    private static CsvStructure of(CsvDialect dialect, List<HeaderRow> heads, TextDialect said, List<String> warnings) {
        var files = heads.stream().map(HeaderRow::file).toList();
        var first = heads.get(0);
        if (!dialect.splits()) {
            boolean header = Boolean.TRUE.equals(said.header());
            return new CsvStructure(
                    dialect, header, header ? commonHeader(heads) : List.of("line"), files, first, warnings, null);
        }
        boolean header;
        String doubt = null;
        if (said.header() != null) {
            header = said.header();
        } else {
            var answer = HeaderRow.areNames(heads);
            header = answer.header();
            if (answer.close()) {
                doubt = first.file().displayName() + ": its first row was taken for "
                        + (header ? "the names of the columns" : "data") + "; its rows do not show it clearly."
                        + " Where that is wrong, say header=" + !header + ".";
            }
        }
        return new CsvStructure(
                dialect,
                header,
                header ? commonHeader(heads) : numbered(first.firstRow().size()),
                files,
                first,
                warnings,
                doubt);
    }

    private static CsvDialect dialect(CsvSample sample, TextDialect said, List<String> warnings) throws IOException {
        char quote = said.quoteCharacter();
        var told = sample.start().delimiter();
        if (said.delimiter() != null) {
            return said.delimiter().isEmpty()
                    ? CsvDialect.LINES
                    : new CsvDialect(said.delimiter().charAt(0), quote);
        }
        if (told != null) {
            return new CsvDialect(told, quote);
        }
        if (sample.file().format().kind() == Kind.TSV) {
            return new CsvDialect('\t', quote);
        }
        var found = CsvDelimiter.of(sample, quote);
        if (!found.alternatives().isEmpty()) {
            warnings.add(sample.file().displayName() + ": " + words(found.delimiter())
                    + " was taken for the delimiter; its rows could as well be split by "
                    + found.alternatives().stream().map(CsvStructure::words).collect(Collectors.joining(" or "))
                    + ". Where that is right, say so (delimiter).");
        }
        return found.delimiter() == TextDialect.NONE ? CsvDialect.LINES : new CsvDialect(found.delimiter(), quote);
    }

    private static String words(char delimiter) {
        return delimiter == '\t' ? "tab" : "\"" + delimiter + "\"";
    }

    private static List<String> numbered(int width) {
        return IntStream.rangeClosed(1, width)
                .mapToObj(number -> "column" + number)
                .toList();
    }

    private static List<String> commonHeader(List<HeaderRow> heads) {
        var first = heads.get(0);
        for (var head : heads.subList(1, heads.size())) {
            if (!head.firstRow().equals(first.firstRow())) {
                throw head.file()
                        .problem("has another header than " + first.file().displayName() + ": "
                                + Differences.between(columns(first.firstRow()), columns(head.firstRow())) + ".");
            }
        }
        return first.firstRow();
    }

    private static List<Differences.Column> columns(List<String> names) {
        return names.stream().map(name -> new Differences.Column(name, "")).toList();
    }
}
