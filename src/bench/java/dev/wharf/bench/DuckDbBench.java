package dev.wharf.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.DriverManager;

/**
 * DuckDB as somebody would use it who has the files: carries out each line as a statement, in a database of its own, and answers
 * with the seconds that it took.
 */
public final class DuckDbBench {
    private DuckDbBench() {}

    public static void main(String[] arguments) throws Exception {
        try (var lines = new BufferedReader(new InputStreamReader(System.in))) {
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long start = System.nanoTime();
                try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                        var statement = duckDb.createStatement()) {
                    statement.execute(line);
                }
                System.out.printf("%.4f%n", (System.nanoTime() - start) / 1e9);
            }
        }
    }
}
