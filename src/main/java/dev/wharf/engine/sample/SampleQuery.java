package dev.wharf.engine.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.duckdb.ColumnTypes;
import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.HeadRows;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.file.SaidTypes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The first rows of a table, with each value as JSON. */
final class SampleQuery {
    /** Of all values together, about. */
    private static final int MOST_CHARACTERS = 4_000_000;

    record Rows(List<Sample.Column> columns, List<List<JsonNode>> rows, List<Sample.Cut> cuts) {
        /** Of a file in which there is nothing. */
        static final Rows NONE = new Rows(List.of(), List.of(), List.of());
    }

    private final DuckDbSession session;
    private final Table table;
    private final List<SampleColumn> columns;

    /**
     * @param numbers of the columns that are wanted, from 1; the first ones, where types are not stated
     * @param said types that are not to be found out
     */
    SampleQuery(DuckDbSession session, Table table, List<Integer> numbers, SaidTypes said) throws SQLException {
        this.session = session;
        this.table = table;
        var found = types(session, table, numbers);
        this.columns = IntStream.range(0, numbers.size())
                .mapToObj(at -> column(numbers.get(at), found.get(at), said))
                .toList();
    }

    private SampleColumn column(int number, String found, SaidTypes said) {
        var name = table.names().get(number - 1);
        var type = said.of(name);
        return new SampleColumn(
                table, number, name, type != null ? type : found == null ? "VARCHAR" : found, type != null);
    }

    /** The numbers of a table's first columns, as many as are shown. */
    static List<Integer> firstColumns(Table table) {
        return IntStream.rangeClosed(
                        1, Math.min(HeadRows.MOST_COLUMNS, table.names().size()))
                .boxed()
                .toList();
    }

    /** As many rows as are wanted, or fewer where their values are long. */
    public Rows first(int limit) throws SQLException {
        var values = new ArrayList<List<String>>();
        int most = MOST_CHARACTERS / (columns.size() / ColumnTypes.AT_ONCE + 1);
        for (int from = 0; from < columns.size(); from += ColumnTypes.AT_ONCE) {
            var some = columns.subList(from, Math.min(columns.size(), from + ColumnTypes.AT_ONCE));
            var next = session.query(select(some) + " LIMIT " + limit, most);
            append(values, next, from == 0);
        }
        var rows = new ArrayList<List<JsonNode>>();
        var cuts = new ArrayList<Sample.Cut>();
        for (int row = 0; row < values.size(); row++) {
            var nodes = new ArrayList<JsonNode>();
            for (int at = 0; at < columns.size(); at++) {
                var value = values.get(row).get(2 * at);
                var length = values.get(row).get(2 * at + 1);
                nodes.add(columns.get(at).json(value, length));
                if (SampleColumn.isCut(length)) {
                    cuts.add(new Sample.Cut(row, at, Long.parseLong(length)));
                }
            }
            rows.add(nodes);
        }
        var described = columns.stream()
                .map(column -> new Sample.Column(column.name(), column.type()))
                .toList();
        return new Rows(described, rows, cuts);
    }

    private String select(List<SampleColumn> some) {
        return "SELECT " + some.stream().map(SampleColumn::sql).collect(Collectors.joining(", ")) + " FROM "
                + table.from();
    }

    /** Adds columns to rows; rows that not all columns have are left out. */
    private static void append(List<List<String>> rows, List<List<String>> columns, boolean first) {
        if (first) {
            rows.addAll(columns);
            return;
        }
        rows.subList(Math.min(columns.size(), rows.size()), rows.size()).clear();
        for (int row = 0; row < rows.size(); row++) {
            rows.get(row).addAll(columns.get(row));
        }
    }

    /** The types of columns as they are stated or found; null where there is no value to find one in. */
    static List<String> types(DuckDbSession session, Table table, List<Integer> numbers) throws SQLException {
        if (table.typed()) {
            var wanted = numbers.stream().map(number -> "c" + number).collect(Collectors.joining(", "));
            return session.query("DESCRIBE SELECT " + wanted + " FROM " + table.from()).stream()
                    .map(column -> column.get(1))
                    .toList();
        }
        var first = new Table(table.from(), table.names().subList(0, numbers.size()), table.content(), table.parts());
        var types = ColumnTypes.found(session, first);
        return table.content() == Table.Content.TEXT ? types : withNested(session, table, types);
    }

    /** Text that does not come from JSON strings alone is nested, or mixed. */
    private static List<String> withNested(DuckDbSession session, Table table, List<String> types) throws SQLException {
        var nested = session.query("SELECT "
                        + IntStream.rangeClosed(1, types.size())
                                .mapToObj(number -> "bool_or(NOT starts_with(c" + number + ", '\"'))")
                                .collect(Collectors.joining(", "))
                        + " FROM " + table.from())
                .get(0);
        var found = new ArrayList<String>();
        for (int at = 0; at < types.size(); at++) {
            boolean isNested = "VARCHAR".equals(types.get(at)) && "true".equals(nested.get(at));
            found.add(isNested ? "JSON" : types.get(at));
        }
        return found;
    }
}
