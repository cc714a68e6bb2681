package dev.wharf.engine.sample;

import dev.wharf.engine.file.PartialFile;
import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.parquet.ParquetHead;
import dev.wharf.engine.parquet.ParquetLayout;
import dev.wharf.engine.parquet.ParquetTable;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Looks into a Parquet file: its footer, and the first values of each column. */
final class ParquetSample {
    private final Sampler sampler;
    private final PartialFile file;
    private final StagedFile staged;

    ParquetSample(Sampler sampler, PartialFile file, String name, SourceFormat format) {
        this.sampler = sampler;
        this.file = file;
        this.staged = new StagedFile(file.path(), name, format);
    }

    FileStructure structure() throws IOException {
        fetchFooter();
        var columns = sampler.inSession(staged, session -> {
            var table = ParquetTable.open(session, List.of(staged), false);
            if (file.whole()) {
                // A footer may be sound and values not; where all of them are here they are tried.
                session.query("SELECT max(hash(records)) FROM " + table.from());
            }
            return IntStream.range(0, table.names().size())
                    .mapToObj(at -> new Sample.Column(
                            table.names().get(at), table.types().get(at)))
                    .toList();
        });
        return new FileStructure(staged.format(), null, null, null, columns, false, null, file.whole(), null);
    }

    private ParquetHead fetchFooter() throws IOException {
        var head = new ParquetHead(file, staged.displayName());
        head.fetchFooter();
        if (file.size() == 0) {
            throw staged.notSound();
        }
        return head;
    }

    Sample first(int limit) throws IOException {
        var head = fetchFooter();
        var layout = sampler.inSession(staged, session -> ParquetLayout.of(session, staged, limit));
        var columns = head.fetchRows(layout);
        if (columns.isEmpty()) {
            throw staged.problem("has no column whose first values are short enough to be looked at.");
        }
        return sampler.inSession(staged, session -> {
            var table = ParquetTable.open(session, List.of(staged), false);
            return sample(
                    layout,
                    columns,
                    table.names(),
                    new SampleQuery(session, table, columns, SaidTypes.UNSAID).first(limit));
        });
    }

    private Sample sample(ParquetLayout layout, List<Integer> columns, List<String> names, SampleQuery.Rows found) {
        var omitted = IntStream.range(0, names.size())
                .filter(at -> !columns.contains(at + 1))
                .mapToObj(names::get)
                .toList();
        return new Sample(
                staged.format(),
                null,
                null,
                null,
                found.columns(),
                names.size(),
                Sample.omitted(omitted),
                found.rows(),
                layout.rowCount(),
                found.cuts(),
                List.of(),
                file.size(),
                file.bytesRead());
    }
}
