package dev.wharf.kernel.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The SQL of the service: one statement per file below {@code sql/} on the class path, read once. */
public final class Sql {
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Sql() {}

    /**
     * The text of a statement.
     *
     * @param name feature and statement, such as {@code s3/begin-upload}, without the file's ending
     * @throws IllegalArgumentException if there is no such file
     */
    public static String of(String name) {
        return TEXTS.computeIfAbsent(name, Sql::load);
    }

    private static String load(String name) {
        try (var in = Sql.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalArgumentException("No file sql/" + name + ".sql on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
