package dev.wharf.engine.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.wharf.engine.file.StagedFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The records of an Avro file as JSON Lines with the keys {@code c1}, {@code c2} and so on: DuckDB has no reader for
 * Avro.
 *
 * @param columns in their order; none where the file ends before its schema does
 * @param records how many were copied
 * @param all whether that is every record of the file
 */
record AvroCopy(List<Column> columns, long records, boolean all) {
    /** A field of the records; of a file whose values are no records, the values themselves, called {@code value}. */
    record Column(String name, Schema schema) {}

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Copies whole blocks until it is enough.
     *
     * @param most records after which no other block is begun
     * @param cut whether the file may end anywhere; what follows its last whole block is left out then
     * @throws dev.wharf.kernel.problem.ProblemException where it is not sound
     */
    static AvroCopy write(InputStream in, String displayName, OutputStream target, long most, boolean cut)
            throws IOException {
        List<Column> columns = List.of();
        long records = 0;
        try (var json = JSON.createGenerator(target).setRootValueSeparator(null)) {
            var file = new AvroFile(in, displayName);
            columns = columns(file.schema());
            AvroFile.Block block = null;
            while (records < most && (block = file.next()) != null) {
                copy(file, block, columns, json, records);
                records += block.records();
            }
            return new AvroCopy(columns, records, block == null);
        } catch (EOFException end) {
            if (cut) {
                return new AvroCopy(columns, records, false);
            }
            throw StagedFile.refuse(displayName, "ends in the middle of a block: it is not complete.");
        }
    }

    private static List<Column> columns(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                ? schema.getFields().stream()
                        .map(field -> new Column(field.name(), field.schema()))
                        .toList()
                : List.of(new Column("value", schema));
    }

    private static void copy(AvroFile file, AvroFile.Block block, List<Column> columns, JsonGenerator json, long before)
            throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException();
        }
        var values = DecoderFactory.get().binaryDecoder(block.content(), null);
        var writer = new AvroJson(json);
        long number = before;
        try {
            while (number < before + block.records()) {
                number++;
                copy(columns, values, writer, json);
            }
        } catch (EOFException end) {
            throw file.unsound(number, "does not end within its block", end);
        } catch (InvalidNumberEncodingException | DateTimeException | AvroRuntimeException broken) {
            throw file.unsound(number, reason(broken), broken);
        }
    }

    /** Ours say it in words that go on; Avro's do not. */
    private static String reason(Exception broken) {
        var reason = String.valueOf(broken.getMessage());
        return reason.startsWith("has ") || reason.startsWith("is ") ? reason : "has a value that is none: " + reason;
    }

    private static void copy(List<Column> columns, Decoder values, AvroJson writer, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        for (int number = 1; number <= columns.size(); number++) {
            json.writeFieldName("c" + number);
            writer.write(columns.get(number - 1).schema(), values);
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }
}
