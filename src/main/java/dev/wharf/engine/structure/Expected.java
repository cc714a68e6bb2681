package dev.wharf.engine.structure;

import dev.wharf.engine.duckdb.Differences;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat.Kind;
import dev.wharf.engine.sample.FileStructure;
import dev.wharf.engine.sample.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The structure that all files of a dataset are to have, which is that of the first one; and what the others add to it:
 * types, keys of JSON, and columns at the end where they may be added. It allows what a job reads together, and nothing
 * else.
 */
final class Expected {
    /** As many as a job reads. */
    private static final int MOST_KEYS = 20_000;

    private final FileStructure first;
    private final Kind kind;
    private final Reading said;
    private List<Sample.Column> columns;
    private boolean values;
    private String compression;
    private String encoding;
    private long checked;
    private boolean whole = true;

    Expected(FileStructure first, Reading said) {
        this.first = first;
        this.kind = first.format().kind();
        this.said = said;
        this.columns = first.columns();
    }

    /**
     * Takes a file in.
     *
     * @return how it differs; null where it does not, or has no rows
     */
    String add(FileStructure found) {
        if (!found.hasColumns()) {
            return null;
        }
        var difference = difference(found);
        if (difference == null) {
            unite(found);
        }
        return difference;
    }

    private String difference(FileStructure found) {
        if (found.columns() == columns || kind == Kind.JSON) {
            return null;
        }
        if (kind.delimited()) {
            return differenceOfText(found);
        }
        var expected = described(columns);
        var other = described(found.columns());
        boolean fits = expected.equals(other) || said.union() && Differences.isEvolution(expected, other);
        return fits ? null : "has other columns: " + Differences.between(expected, other);
    }

    private String differenceOfText(FileStructure found) {
        if (!Boolean.TRUE.equals(first.header())) {
            int width = found.columns().size();
            return width == columns.size()
                    ? null
                    : "has " + width + (width == 1 ? " column" : " columns") + " instead of " + columns.size();
        }
        var expected = names(columns);
        var other = names(found.columns());
        return expected.equals(other) ? null : "has another header: " + Differences.between(expected, other);
    }

    private void unite(FileStructure found) {
        checked++;
        whole &= found.whole();
        compression = same(compression, found.format().compression().title());
        encoding = found.encoding() == null ? encoding : same(encoding, found.encoding());
        values |= found.values();
        if (kind == Kind.JSON) {
            columns = ofKeys(found.columns());
        } else if (kind.delimited()) {
            columns = ofText(found.columns());
        } else if (found.columns().size() > columns.size()) {
            columns = found.columns();
        }
    }

    private static String same(String one, String other) {
        return one == null || one.equals(other) ? other : Structure.MIXED;
    }

    private List<Sample.Column> ofText(List<Sample.Column> found) {
        var united = new ArrayList<Sample.Column>();
        for (int at = 0; at < columns.size(); at++) {
            var type = UnitedType.of(kind, columns.get(at).type(), found.get(at).type());
            united.add(new Sample.Column(columns.get(at).name(), type));
        }
        return united.equals(columns) ? columns : united;
    }

    private List<Sample.Column> ofKeys(List<Sample.Column> found) {
        if (found.equals(columns)) {
            return columns;
        }
        Map<String, String> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        for (var column : found) {
            var known = types.get(column.name());
            if (types.containsKey(column.name()) || types.size() < MOST_KEYS) {
                types.put(column.name(), UnitedType.of(kind, known, column.type()));
            }
        }
        return types.entrySet().stream()
                .map(column -> new Sample.Column(column.getKey(), column.getValue()))
                .toList();
    }

    private static List<Differences.Column> names(List<Sample.Column> columns) {
        return columns.stream()
                .map(column -> new Differences.Column(column.name(), ""))
                .toList();
    }

    private static List<Differences.Column> described(List<Sample.Column> columns) {
        return columns.stream()
                .map(column -> new Differences.Column(column.name(), column.type()))
                .toList();
    }

    /** The columns so far, to be shared by files that have the same. */
    List<Sample.Column> columns() {
        return columns;
    }

    /** Whether all of each file that was taken in was looked at. */
    boolean whole() {
        return whole;
    }

    Structure structure() {
        var shown = values ? Structure.VALUES : columns;
        var typed = shown.stream()
                .map(column -> new Sample.Column(column.name(), type(column)))
                .toList();
        return new Structure(
                kind,
                compression,
                encoding,
                !kind.delimited()
                        ? null
                        : first.delimiter() == null ? "" : first.delimiter().toString(),
                first.header(),
                typed,
                checked);
    }

    private String type(Sample.Column column) {
        var type = said.types().of(column.name());
        return type != null ? type : Objects.requireNonNullElse(column.type(), "VARCHAR");
    }
}
