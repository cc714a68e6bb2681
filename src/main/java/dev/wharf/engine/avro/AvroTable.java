package dev.wharf.engine.avro;

import dev.wharf.engine.duckdb.Differences;
import dev.wharf.engine.duckdb.SqlText;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TemporarySpace;
import dev.wharf.engine.file.Unpacked;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Avro files of one schema, read from copies in JSON Lines. */
public final class AvroTable {
    static final String WITHOUT_FIELDS = "has records without fields.";

    private AvroTable() {}

    /**
     * Copies the files first.
     *
     * @param union whether columns may have been added at the end, which are null in files without them
     * @throws dev.wharf.kernel.problem.ProblemException where their schemas differ, or one is not sound
     */
    public static Table open(List<StagedFile> files, TemporarySpace space, boolean union) throws IOException {
        List<AvroCopy.Column> columns = null;
        for (var file : files) {
            AvroCopy copy;
            try (var content = Unpacked.open(file.path(), SourceFormat.Compression.NONE);
                    var target = space.create(file.copy())) {
                copy = AvroCopy.write(content, file.displayName(), target, Long.MAX_VALUE, false);
            }
            if (copy.columns().isEmpty()) {
                throw file.problem(WITHOUT_FIELDS);
            }
            if (columns == null) {
                columns = copy.columns();
            } else if (union && Differences.isEvolution(described(columns), described(copy.columns()))) {
                columns = copy.columns().size() > columns.size() ? copy.columns() : columns;
            } else if (!described(copy.columns()).equals(described(columns))) {
                throw file.problem("has other columns than " + files.get(0).displayName() + ": "
                        + Differences.between(described(columns), described(copy.columns())) + ".");
            }
        }
        return of(columns, files.stream().map(StagedFile::asCopied).toList());
    }

    /** @param copies of files with these columns */
    static Table of(List<AvroCopy.Column> columns, List<StagedFile> copies) {
        var types = columns.stream()
                .map(column -> AvroTypes.jsonType(column.schema()))
                .toList();
        var read = IntStream.rangeClosed(1, types.size())
                .mapToObj(number -> "'c" + number + "': " + SqlText.text(types.get(number - 1)))
                .collect(Collectors.joining(", ", "{", "}"));
        var values = IntStream.rangeClosed(1, types.size())
                .mapToObj(number -> value(number, types.get(number - 1), columns.get(number - 1)))
                .collect(Collectors.joining(", "));
        return Table.typed(
                "(SELECT " + values + " FROM read_json(" + SqlText.files(copies)
                        + ", format='newline_delimited', records=true, columns=" + read + "))",
                columns.stream().map(AvroCopy.Column::name).toList(),
                Table.Content.AVRO,
                columns.stream().map(column -> AvroTypes.type(column.schema())).toList());
    }

    private static String value(int number, String jsonType, AvroCopy.Column column) {
        var type = AvroTypes.type(column.schema());
        var name = "c" + number;
        return type.equals(jsonType) ? name : "CAST(" + name + " AS " + type + ") AS " + name;
    }

    private static List<Differences.Column> described(List<AvroCopy.Column> columns) {
        return columns.stream()
                .map(column -> new Differences.Column(column.name(), AvroTypes.type(column.schema())))
                .toList();
    }
}
