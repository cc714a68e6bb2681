package dev.wharf.engine.csv;

import dev.wharf.engine.duckdb.HeadRows;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.file.TextEncoding;
import dev.wharf.engine.file.TextHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rows of delimited text. */
public final class TextRows implements HeadRows {
    private final Compression compression;
    private final TextDialect said;
    private final StagedFile target;
    private final StagedFile text;
    private TextHead head;
    /** Null where no row is whole. */
    private CsvStructure structure;

    private CsvCheck check;

    /**
     * @param compression of what is fetched
     * @param said how it is to be read
     * @param target where rows are kept
     */
    public TextRows(Compression compression, TextDialect said, StagedFile target) {
        this.compression = compression;
        this.said = said;
        this.target = target;
        this.text = new StagedFile(target.path().resolveSibling("text"), target.displayName(), target.format());
    }

    /** Where a row cannot be read, more bytes would tell no more. */
    @Override
    public long stage(Path fetched, boolean cut) throws IOException {
        head = TextHead.write(fetched, cut, compression, said, text);
        structure = CsvStructure.of(List.of(text), said, !head.whole());
        if (structure == null) {
            return 0;
        }
        check = CsvCheck.of(text, structure, !head.whole());
        return check.fault() == null ? check.soundRows() : Long.MAX_VALUE;
    }

    /** What the first row is, to be weighed with those of other files; null where no row is whole. */
    public HeaderRow firstRow() {
        return structure == null ? null : structure.first();
    }

    @Override
    public TextEncoding encoding() {
        return head.encoding();
    }

    @Override
    public Opened open(long most) throws IOException {
        if (structure == null) {
            return new Opened(null, null, null, head.whole());
        }
        var warnings = new ArrayList<>(structure.warnings());
        String broken = null;
        if (check.fault() != null) {
            var problem = target.problem(check.fault());
            if (check.soundRows() == 0) {
                throw problem;
            }
            broken = problem.detail();
        } else if (structure.doubt() != null) {
            warnings.add(structure.doubt());
        }
        if (check.endsInDelimiters()) {
            warnings.add(target.displayName()
                    + ": every row ends in a delimiter that the names do not have; it is left out.");
        }
        if (check.hasBlanksAroundQuotes()) {
            warnings.add(target.displayName()
                    + ": blanks between delimiters and quotes are no part of the values; they are left out.");
        }
        long rows = Math.min(most, check.soundRows());
        CsvCopy.write(text, structure, Files.newOutputStream(target.path()), rows);
        var delimiter = structure.dialect().splits() ? structure.dialect().delimiter() : null;
        return new Opened(
                CsvTable.table(structure, List.of(text), List.of(target), check.hasQuotedLineEnds()),
                delimiter,
                structure.header(),
                head.whole() && check.fault() == null && rows == check.soundRows(),
                broken,
                warnings);
    }
}
