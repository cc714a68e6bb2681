package dev.wharf.engine.duckdb;

import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The columns of a table whose files state no types: each of the type that was said, else of the one that all of its
 * values have where it is wanted, else as it is. A value that is not of the type that was said ends a statement.
 */
public final class TypedColumns {
    private static final String NOT_OF_ITS_TYPE = "wharf: no value of its type in column ";
    private static final Pattern COLUMN = Pattern.compile(NOT_OF_ITS_TYPE + "(\\d+)");
    private static final int SHOWN = 100;

    /**
     * A value that is not of the type that was said.
     *
     * @param row from 1
     */
    public record Fault(long row, ProblemException problem) {}

    private static final String GUESSED_WRONG = "wharf: a type was guessed wrong";

    private final Table table;
    private final SaidTypes said;
    /** Of each column; null where none is known. */
    private final List<String> types;

    private final boolean guessed;

    private TypedColumns(Table table, SaidTypes said, List<String> types, boolean guessed) {
        this.table = table;
        this.said = said;
        this.types = types;
        this.guessed = guessed;
    }

    /**
     * Guesses the types from some rows. A statement in which another row shows one to be wrong fails, see {@link #isGuessedWrong};
     * one that does not has the types that {@link #of} would have found in a pass of its own over all rows.
     *
     * @return null where there is no guessing
     */
    public static TypedColumns guessed(DuckDbSession session, Table table, SaidTypes said) throws SQLException {
        var guessed = ColumnTypes.guessed(session, table);
        if (guessed == null) {
            return null;
        }
        var types = new ArrayList<String>();
        for (int at = 0; at < guessed.size(); at++) {
            var type = said.of(table.names().get(at));
            types.add(type == null ? guessed.get(at) : type);
        }
        return new TypedColumns(table, said, types, true);
    }

    /** Whether a statement failed because of a guess. */
    public static boolean isGuessedWrong(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains(GUESSED_WRONG);
    }

    /**
     * Decides the types.
     *
     * @param infer whether columns of which nothing was said get the type of their values, all of which are looked at
     */
    public static TypedColumns of(DuckDbSession session, Table table, SaidTypes said, boolean infer)
            throws SQLException {
        var inferred = infer ? ColumnTypes.of(session, table) : null;
        var types = new ArrayList<String>();
        for (int at = 0; at < table.names().size(); at++) {
            var type = said.of(table.names().get(at));
            types.add(type != null || inferred == null ? type : inferred.get(at));
        }
        return new TypedColumns(table, said, types, false);
    }

    /** The type of the values of column {@code number}, as DuckDB calls it. */
    public String type(int number) {
        var type = types.get(number - 1);
        return type == null ? "VARCHAR" : type;
    }

    /** Column {@code number} as a value of its type. */
    public String value(int number) {
        return types.get(number - 1) == null && !guessed ? table.text(number) : cast(number);
    }

    /** The same as JSON; null for null. */
    public String json(int number) {
        var type = types.get(number - 1);
        return type == null && !guessed
                ? table.json(number)
                : table.value(type(number)).json(cast(number));
    }

    private String cast(int number) {
        var type = new SaidTypeSql(type(number));
        var text = table.text(number);
        if (isGuessed(number)) {
            // Case by case: DuckDB sorts the rows for which either side of an OR holds.
            return "CASE WHEN " + ColumnTypes.holds(table, types.get(number - 1), text, guess(number)) + " THEN "
                    + guess(number) + " WHEN " + text + " IS NULL THEN NULL ELSE error('" + GUESSED_WRONG + "') END";
        }
        return isSaid(number)
                ? "CASE WHEN " + type.allows(text) + " THEN " + type.cast(text) + " ELSE error('" + NOT_OF_ITS_TYPE
                        + number + "') END"
                : type.cast(text);
    }

    /** What the columns are to be read from. Where types are guessed, each value is cast there, and only once. */
    public String from() {
        var guesses = IntStream.rangeClosed(1, types.size())
                .filter(this::isGuessed)
                .mapToObj(number -> "TRY_CAST(" + table.text(number) + " AS " + type(number) + ") AS " + guess(number))
                .toList();
        return guesses.isEmpty()
                ? table.from()
                : "(SELECT *, " + String.join(", ", guesses) + " FROM " + table.from() + ")";
    }

    private static String guess(int number) {
        return "guess" + number;
    }

    private boolean isGuessed(int number) {
        return guessed && !isSaid(number);
    }

    private boolean isSaid(int number) {
        return said.of(table.names().get(number - 1)) != null;
    }

    /** Why a statement failed, where a value was not of its type; null where it was something else. */
    public ProblemException problem(DuckDbSession session, SQLException failure) throws SQLException, IOException {
        var column =
                COLUMN.matcher(String.valueOf(failure.getMessage())).results().findFirst();
        if (column.isEmpty()) {
            return null;
        }
        for (var part : table.parts()) {
            var fault = fault(session, part, Integer.parseInt(column.get().group(1)));
            if (fault != null) {
                return fault.problem();
            }
        }
        return null;
    }

    /** The first row of a table of one file that has such a value; null where there is none. */
    public Fault first(DuckDbSession session) throws SQLException, IOException {
        Fault first = null;
        for (int number = 1; number <= types.size(); number++) {
            var fault = isSaid(number) ? fault(session, table.parts().get(0), number) : null;
            first = fault != null && (first == null || fault.row() < first.row()) ? fault : first;
        }
        return first;
    }

    private Fault fault(DuckDbSession session, Table.Part part, int number) throws SQLException, IOException {
        var type = types.get(number - 1);
        var rows =
                session.query("SELECT number, left(text, " + SHOWN + ") FROM (SELECT row_number() OVER () AS number, "
                        + table.text(number) + " AS text FROM " + part.from() + ") WHERE NOT "
                        + new SaidTypeSql(type).allows("text") + " ORDER BY number LIMIT 1");
        if (rows.isEmpty()) {
            return null;
        }
        long row = Long.parseLong(rows.get(0).get(0));
        return new Fault(
                row,
                StagedFile.refuse(
                        part.displayName(),
                        ", " + part.place(row) + ", has "
                                + ValueSql.quotedName(rows.get(0).get(1)) + " in the column "
                                + ValueSql.quotedName(table.names().get(number - 1))
                                + ", which is no value of the type "
                                + type + " (columnTypes)."));
    }
}
