package dev.wharf.engine.json;

import com.github.luben.zstd.ZstdOutputStream;
import dev.wharf.engine.duckdb.SqlText;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TemporarySpace;
import dev.wharf.engine.file.Unpacked;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Records of JSON files as columns, one a top-level key in the order in which they appear; what lies deeper stays JSON.
 * DuckDB reads copies, in which names and digits cannot be changed.
 */
public final class JsonTable {
    /** DuckDB's own bound of a line. */
    private static final int LONGEST = 16 << 20;

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private JsonTable() {}

    private record Part(String displayName, List<String> names, Path copy, int longest) implements Table.Part {
        @Override
        public String from() {
            return read(names, List.of(copy), longest);
        }

        @Override
        public String place(long row) {
            return "record " + row;
        }
    }

    /**
     * Copies every file first: a key may first appear in the last record.
     *
     * @return null where no file has a record
     * @throws ProblemException where one is not sound
     */
    public static Table open(List<StagedFile> files, TemporarySpace space) throws IOException {
        try {
            return open(files, space, new JsonColumns());
        } catch (JsonColumns.Mixed mixed) {
            return open(files, space, JsonColumns.ofValues());
        }
    }

    private static Table open(List<StagedFile> files, TemporarySpace space, JsonColumns columns) throws IOException {
        int longest = 0;
        long records = 0;
        for (var file : files) {
            var copy = copy(file, space, columns);
            if (copy.problem() != null) {
                throw problem(file.displayName(), copy);
            }
            records += copy.records();
            longest = Math.max(longest, copy.longest());
        }
        if (records == 0) {
            return null;
        }
        if (columns.withoutKeys()) {
            return open(files, space, JsonColumns.ofValues());
        }
        return of(
                columns, files, files.stream().map(file -> file.asRows().path()).toList(), longest);
    }

    private static JsonCopy copy(StagedFile file, TemporarySpace space, JsonColumns columns) throws IOException {
        try {
            return JsonCopy.write(
                    () -> unmarked(Unpacked.open(file.path(), file.format().compression())),
                    () -> packed(space.create(file.asRows().path())),
                    columns,
                    Long.MAX_VALUE,
                    false);
        } catch (CharacterCodingException broken) {
            throw file.problem("is neither UTF-8 nor UTF-16 with a byte order mark. Save it in one of these.");
        } catch (IOException failure) {
            throw Unpacked.problem(failure, file.displayName(), file.format().compression());
        }
    }

    /** What is wrong with a file behind the records that could be copied. */
    static ProblemException problem(String displayName, JsonCopy copy) {
        return new ProblemException(Problem.VALIDATION_FAILED, displayName + copy.problem());
    }

    /**
     * Records that were copied.
     *
     * @param files as they came, for messages
     * @param longest line of the copies, in bytes
     */
    static Table of(JsonColumns columns, List<StagedFile> files, List<Path> copies, int longest) {
        var names = columns.names();
        var parts = IntStream.range(0, files.size())
                .mapToObj(at -> new Part(files.get(at).displayName(), names, copies.get(at), longest))
                .toList();
        return new Table(read(names, copies, longest), names, Table.Content.JSON, parts);
    }

    private static String read(List<String> names, List<Path> copies, int longest) {
        var read = SqlText.columns(names.size()).stream()
                .map(column -> "'" + column + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        var files = SqlText.texts(copies.stream().map(Path::toString).toList());
        return "read_json(" + files
                + ", hive_partitioning=false, format='newline_delimited', records=true, compression='zstd',"
                + " maximum_object_size=" + Math.max(LONGEST, longest + 1) + ", columns=" + read + ")";
    }

    /** They take less room than the text itself. */
    static OutputStream packed(OutputStream file) throws IOException {
        return new BufferedOutputStream(new ZstdOutputStream(file, 1), 1 << 16);
    }

    private static InputStream unmarked(InputStream text) throws IOException {
        var in = new PushbackInputStream(text, MARK.length);
        byte[] first = in.readNBytes(MARK.length);
        if (!Arrays.equals(first, MARK)) {
            in.unread(first);
        }
        return in;
    }
}
