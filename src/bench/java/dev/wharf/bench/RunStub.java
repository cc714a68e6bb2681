package dev.wharf.bench;

import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

/**
 * A store with a folder of CSV files, {@code rows/}, which lie on the disk as well; what is written to it is thrown away.
 *
 * <p>Arguments: how many MiB they have together, about, how many there are, and the folder for them.
 */
public final class RunStub {
    private static final String BUCKET = "bench";
    /** What a row takes, about. */
    private static final int ROW_BYTES = 88;

    private RunStub() {}

    public static void main(String[] arguments) throws Exception {
        int files = Integer.parseInt(arguments[1]);
        long rows = (Long.parseLong(arguments[0]) << 20) / ROW_BYTES / files;
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        StubS3 stub = StubS3.start(StubOptions.BENCHMARKS, BUCKET);
        try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckDb.createStatement()) {
            for (int number = 0; number < files; number++) {
                Path file = folder.resolve("%05d.csv".formatted(number));
                long from = number * rows;
                statement.execute("COPY (SELECT range AS id, uuid()::VARCHAR AS customer, round(random() * 10000, 2) AS amount,"
                        + " DATE '2026-01-01' + (range % 365)::INTEGER AS day, 'product ' || (range * 7919 % 1009) AS product,"
                        + " range % 3 = 0 AS paid FROM range(" + from + ", " + (from + rows) + ")) TO '"
                        + file.toString().replace("'", "''") + "' (FORMAT csv, HEADER true)");
                stub.put(BUCKET, "rows/" + file.getFileName(), FileContent.of(file));
            }
        }
        System.out.println("ready " + stub.endpoint().getPort());
    }
}
