package dev.wharf.engine.duckdb;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows that DuckDB can select.
 *
 * @param from what follows FROM; its columns are called {@code c1}, {@code c2} and so on
 * @param names the columns' names as the files have them; may repeat or be blank
 * @param content what the columns hold
 * @param types of the columns, as DuckDB calls them, where the files state them; else none
 * @param parts the same file by file, in their order, where the files state no types; else none
 * @param counted what was counted before DuckDB reads it; null where nothing was
 */
public record Table(
        String from,
        List<String> names,
        Content content,
        List<String> types,
        List<? extends Part> parts,
        Counted counted) {
    public enum Content {
        TEXT,
        /** Text that is JSON, number by number as the file has it: the top-level keys of records. */
        JSON,
        /** Types that the files state. */
        PARQUET,
        /** The same; what is of the type JSON was written here. */
        AVRO
    }

    /**
     * Rows and bytes of all files.
     *
     * @param bytes of their text, without compression
     */
    public record Counted(long rows, long bytes) {
        public long bytesOfRow() {
            return bytes / Math.max(1, rows);
        }
    }

    /** The rows of one file. */
    public interface Part {
        String displayName();

        /** What follows FROM. */
        String from();

        /**
         * Where a row stands in the file, for messages.
         *
         * @param row from 1, the names not counted
         * @return {@code line 17}
         */
        String place(long row) throws IOException;
    }

    /** Rows without types. */
    public Table(String from, List<String> names, Content content, List<? extends Part> parts) {
        this(from, names, content, List.of(), parts, null);
    }

    /** Rows with types. */
    public static Table typed(String from, List<String> names, Content content, List<String> types) {
        return new Table(from, names, content, types, List.of(), null);
    }

    public Table counted(long rows, long bytes) {
        return new Table(from, names, content, types, parts, new Counted(rows, bytes));
    }

    /**
     * The last guard: whatever DuckDB made of the files, no row is lost or made up in silence.
     *
     * @param rows that DuckDB has read, all of them
     * @throws ProblemException {@code INTERNAL}, if they are not as many as were counted
     */
    public void checkRead(long rows) {
        if (counted != null && counted.rows() != rows) {
            throw new ProblemException(
                    Problem.INTERNAL,
                    "The running environment read " + rows + " rows where the files have " + counted.rows()
                            + ", so nothing of them was kept. Please report this; Parquet or JSON instead of text avoids it.");
        }
    }

    /** Whether the files state the types. */
    public boolean typed() {
        return content == Content.PARQUET || content == Content.AVRO;
    }

    /** Column {@code number} as text: what CSV gets. */
    public String text(int number) {
        var column = "c" + number;
        return typed() ? value(number).text(column) : text(column);
    }

    /** The same where the files state no types, of a column of any name. */
    public String text(String column) {
        return content == Content.JSON
                ? "CASE WHEN starts_with(" + column + ", '\"') THEN json_extract_string(" + column + ", '$') ELSE "
                        + column + " END"
                : column;
    }

    /** Column {@code number} as JSON; null for null. */
    public String json(int number) {
        var column = "c" + number;
        return switch (content) {
            case TEXT -> ValueSql.quoted(column);
            case JSON -> column;
            case PARQUET, AVRO -> value(number).json(column);
        };
    }

    private ValueSql value(int number) {
        return value(types.get(number - 1));
    }

    public ValueSql value(String type) {
        return new ValueSql(type, content == Content.AVRO);
    }

    /** An expression of each column. */
    public List<String> each(IntFunction<String> expression) {
        return IntStream.rangeClosed(1, names.size()).mapToObj(expression).toList();
    }

    /**
     * Names that differ: {@code id}, {@code id_2}. A name that is there stays what it is, whatever other columns are
     * called; only the further ones of the same name get another. Blank names of delimited text, and empty ones where
     * the target has none, become {@code column3}.
     *
     * @param same what names that count as one have in common
     * @param mayBeEmpty whether the target can hold an empty name
     */
    public List<String> distinctNames(UnaryOperator<String> same, boolean mayBeEmpty) {
        var there = names.stream().map(same).collect(Collectors.toSet());
        var used = new HashSet<String>();
        var distinct = new ArrayList<String>();
        for (var name : names) {
            boolean unnamed = content == Content.TEXT ? name.isBlank() : name.isEmpty() && !mayBeEmpty;
            var base = unnamed ? "column" + (distinct.size() + 1) : name;
            var candidate = base;
            boolean free = unnamed ? !there.contains(same.apply(base)) : used.add(same.apply(base));
            for (int number = 2; !free; number++) {
                candidate = base + "_" + number;
                free = !there.contains(same.apply(candidate));
            }
            there.add(same.apply(candidate));
            distinct.add(candidate);
        }
        return distinct;
    }
}
