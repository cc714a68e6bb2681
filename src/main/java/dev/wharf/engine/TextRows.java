package dev.wharf.engine;

import dev.wharf.engine.SourceFormat.Compression;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** Rows of delimited text. */
final class TextRows implements HeadRows {
    private static final String ANY_DELIMITER =
            CsvTable.DELIMITERS.stream().map(String::valueOf).collect(Collectors.joining());

    private final Compression compression;
    private final StagedFile target;
    private final long enough;
    private TextHead head;
    private Character delimiter;
    private boolean all;

    /**
     * @param compression of what is fetched
     * @param target where rows are kept
     * @param enough rows that are worth counting
     */
    TextRows(Compression compression, StagedFile target, long enough) {
        this.compression = compression;
        this.target = target;
        this.enough = enough;
    }

    @Override
    public long stage(Path fetched, boolean cut) throws IOException {
        head = TextHead.write(fetched, cut, compression, target.displayName(), target.path());
        all = head.whole();
        return CsvRows.find(target.path(), ANY_DELIMITER, !all, enough).count();
    }

    @Override
    public TextEncoding encoding() {
        return head.encoding();
    }

    @Override
    public Opened open(DuckDbSession session, long most) throws SQLException, IOException {
        boolean cut = !head.whole();
        if (delimiter == null) {
            if (cut) {
                keep(CsvRows.find(target.path(), "", true, Long.MAX_VALUE));
            }
            delimiter = CsvTable.delimiter(session, target);
        }
        boolean split = delimiter != CsvTable.NO_DELIMITER;
        keep(CsvRows.find(target.path(), split ? String.valueOf(delimiter) : "", cut, most));
        if (target.empty()) {
            return new Opened(null, null, null, all);
        }
        var csv = CsvTable.open(session, target, delimiter);
        return new Opened(csv.table(), split ? delimiter : null, csv.header(), all);
    }

    private void keep(CsvRows rows) throws IOException {
        if (rows.end() < Files.size(target.path())) {
            all = false;
            try (var file = FileChannel.open(target.path(), StandardOpenOption.WRITE)) {
                file.truncate(rows.end());
            }
        }
    }
}
