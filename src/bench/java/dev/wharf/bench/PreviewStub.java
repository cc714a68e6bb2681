package dev.wharf.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;

/**
 * A store that is some way off and has two large files to look into: {@code big.csv}, which is made when it is read, and
 * {@code big.parquet}, which DuckDB writes first.
 *
 * <p>Arguments: how many MiB each has, about, and a folder for the second.
 */
public final class PreviewStub {
    private static final String BUCKET = "bench";
    private static final Duration REQUEST = Duration.ofMillis(30);
    private static final int LINES = 10_000;
    /** What a row takes in the Parquet file, about. */
    private static final int ROW_BYTES = 56;

    private PreviewStub() {}

    public static void main(String[] arguments) throws Exception {
        long bytes = Long.parseLong(arguments[0]) << 20;
        Path parquet = Path.of(arguments[1], "big.parquet");
        writeParquet(parquet, bytes / ROW_BYTES);
        byte[] lines = lines();
        StubS3 stub = StubS3.start(StubOptions.BENCHMARKS, BUCKET);
        stub.put(BUCKET, "big.csv", new RepeatedContent(lines, bytes / lines.length));
        stub.put(BUCKET, "big.parquet", FileContent.of(parquet));
        stub.when(request -> true).delay(REQUEST).always();
        System.out.println("ready " + stub.endpoint().getPort() + " " + Files.size(parquet));
    }

    private static byte[] lines() {
        var text = new StringBuilder();
        for (int number = 0; number < LINES; number++) {
            text.append("%d,customer %d,%d.%02d,2026-%02d-%02d,\"said \"\"%x\"\", and no more\"%n"
                    .formatted(
                            number, number * 31, number % 977, number % 100, number % 12 + 1, number % 28 + 1, number));
        }
        return text.toString().getBytes(US_ASCII);
    }

    private static void writeParquet(Path file, long rows) throws Exception {
        try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckDb.createStatement()) {
            statement.execute("SET preserve_insertion_order = false");
            statement.execute("COPY (SELECT range AS id, uuid()::VARCHAR AS customer, random() * 1000 AS amount,"
                    + " DATE '2026-01-01' + (range % 365)::INTEGER AS day FROM range(" + rows + ")) TO '"
                    + file.toString().replace("'", "''") + "' (FORMAT parquet)");
        }
    }
}
