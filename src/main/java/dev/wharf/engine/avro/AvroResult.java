package dev.wharf.engine.avro;

import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.SqlText;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.duckdb.TypedColumns;
import dev.wharf.engine.duckdb.ValueSql;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;

/** The rows of a table as an Avro file, of which a block of 64 KB is held at a time. */
public final class AvroResult {
    /** Of the records; those within it have it for a namespace. */
    private static final String ROW = "row";

    private static final Pattern INFINITE = Pattern.compile(AvroShapes.INFINITE + "(\\d+)");

    private final Table table;
    private final List<AvroShape> shapes;
    private final String rows;
    private final Schema schema;

    private AvroResult(Table table, List<AvroShape> shapes, List<String> values) {
        this.table = table;
        this.shapes = shapes;
        var asked = new ArrayList<String>();
        for (int at = 0; at < values.size(); at++) {
            asked.add(shapes.get(at).sql().apply(values.get(at)));
        }
        this.rows = "SELECT " + String.join(", ", asked) + " FROM " + table.from();
        this.schema = AvroShapes.record(ROW, null, table.names(), shapes);
    }

    /** @param columns of a table whose files state no types */
    public static AvroResult of(Table table, TypedColumns columns) {
        var names = AvroNames.of(table.names());
        var values = table.typed() ? SqlText.columns(names.size()) : table.each(columns::value);
        var shapes = new ArrayList<AvroShape>();
        for (int number = 1; number <= names.size(); number++) {
            var type = table.typed() ? table.types().get(number - 1) : columns.type(number);
            shapes.add(AvroShapes.of(number, table.value(type), names.get(number - 1), ROW));
        }
        return new AvroResult(table, shapes, values);
    }

    /**
     * Writes it.
     *
     * @param compression of the blocks; {@code NONE} leaves the choice to us
     * @param parts the files to write, by their numbers from 0
     * @param partBytes the size from which on the next part is begun; 0 for one file
     * @return how many rows there were
     * @throws ProblemException where Avro cannot hold a value
     */
    public long write(DuckDbSession session, Compression compression, IntFunction<Path> parts, long partBytes)
            throws SQLException, IOException {
        try (var files =
                new AvroParts<>(() -> new DataFileWriter<>(new Writer()), schema, compression, parts, partBytes)) {
            var count = new long[1];
            session.read(rows, row -> count[0] = copy(row, files));
            return count[0];
        } catch (SQLException failure) {
            var infinite = INFINITE.matcher(String.valueOf(failure.getMessage()));
            if (infinite.find()) {
                throw infinite(Integer.parseInt(infinite.group(1)), failure);
            }
            throw failure;
        }
    }

    private long copy(ResultSet row, AvroParts<Object[]> files) throws SQLException, IOException {
        long count = 0;
        var values = new Object[shapes.size()];
        while (row.next()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            for (int at = 0; at < values.length; at++) {
                values[at] = row.getObject(at + 1);
            }
            files.append(values);
            count++;
        }
        return count;
    }

    private ProblemException infinite(int column, SQLException failure) {
        return new ProblemException(
                Problem.VALIDATION_FAILED,
                "The column " + ValueSql.quotedName(table.names().get(column - 1))
                        + " has a date or time without end (infinity), which Avro cannot hold; choose CSV, JSON or Parquet.",
                failure);
    }

    private final class Writer implements DatumWriter<Object[]> {
        @Override
        public void setSchema(Schema same) {
            // It is the one that the shapes were made with.
        }

        @Override
        public void write(Object[] values, Encoder target) throws IOException {
            try {
                for (int at = 0; at < values.length; at++) {
                    shapes.get(at).writeNullable(values[at], target);
                }
            } catch (SQLException broken) {
                throw new IOException(broken);
            }
        }
    }
}
