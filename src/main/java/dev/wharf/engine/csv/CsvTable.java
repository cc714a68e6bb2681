package dev.wharf.engine.csv;

import dev.wharf.engine.duckdb.SqlText;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.file.SideBySide;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TemporarySpace;
import dev.wharf.engine.file.TextDialect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Delimited text files of one structure. The structure is decided and every row judged before DuckDB reads them: its own
 * detection skips lines, invents comments and changes the delimiter to get a file through, and it forgives rows that are
 * too long.
 */
public final class CsvTable {
    private CsvTable() {}

    /** @param serial whether it is read from its beginning to its end, on one thread */
    private record Part(CsvStructure structure, StagedFile file, StagedFile ready, boolean serial)
            implements Table.Part {
        @Override
        public String displayName() {
            return file.displayName();
        }

        @Override
        public String from() {
            return read(structure, List.of(ready), serial);
        }

        @Override
        public String place(long row) throws IOException {
            return "line " + CsvLine.of(file, structure, row);
        }
    }

    /**
     * Opens all rows of all files; those that DuckDB would not read so are copied.
     *
     * @param threads how many files are looked at side by side
     * @return null where no file has a row
     * @throws dev.wharf.kernel.problem.ProblemException naming the file and line that cannot be read
     */
    public static Table open(List<StagedFile> files, TextDialect said, TemporarySpace space, int threads)
            throws IOException {
        var structure = CsvStructure.of(files, said, false);
        if (structure == null) {
            return null;
        }
        var ready = new ArrayList<StagedFile>();
        long rows = 0;
        long bytes = 0;
        boolean serial = false;
        var checks = SideBySide.each(threads, structure.files(), file -> CsvCheck.of(file, structure, false));
        for (int at = 0; at < checks.size(); at++) {
            var file = structure.files().get(at);
            var check = checks.get(at);
            if (check.fault() != null) {
                throw file.problem(check.fault());
            }
            var read = file;
            if (!check.isPlain()) {
                read = file.asRows();
                CsvCopy.write(file, structure, space.create(read.path()), Long.MAX_VALUE);
            }
            ready.add(read);
            rows += check.soundRows() - (structure.header() ? 1 : 0);
            bytes += check.bytes();
            serial |= check.hasQuotedLineEnds();
        }
        return table(structure, structure.files(), ready, serial).counted(rows, bytes);
    }

    /**
     * Rows that are known to be sound.
     *
     * @param files as they came, for messages
     * @param ready the same files, as DuckDB reads them
     * @param serial whether values have line ends: DuckDB's threads, which begin anywhere in a file, may take one for a row's
     */
    static Table table(CsvStructure structure, List<StagedFile> files, List<StagedFile> ready, boolean serial) {
        var parts = IntStream.range(0, files.size())
                .mapToObj(at -> new Part(structure, files.get(at), ready.get(at), serial))
                .toList();
        return new Table(read(structure, ready, serial), structure.names(), Table.Content.TEXT, parts);
    }

    private static String read(CsvStructure structure, List<StagedFile> files, boolean serial) {
        var columns = SqlText.columns(structure.names().size()).stream()
                .map(column -> "'" + column + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        // Without quoted nulls, "" is an empty text and nothing between two delimiters is a missing value.
        return "read_csv(" + SqlText.files(files) + ", auto_detect=false, header=" + structure.header() + ", "
                + structure.dialect().sql() + ", allow_quoted_nulls=false, strict_mode=true, parallel=" + !serial
                + ", columns=" + columns
                + ")";
    }
}
