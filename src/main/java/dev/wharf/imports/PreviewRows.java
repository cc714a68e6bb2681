package dev.wharf.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetFile;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.file.SourceFormat.Kind;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.sample.Preview;
import dev.wharf.engine.sample.Sample;
import dev.wharf.kernel.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Samples of the first files of a dataset, put together as a job does it: values of one column, whatever file they are of. */
final class PreviewRows {
    private static final int MOST_NAMES = 100;
    private static final String MIXED = "mixed";

    private record Part(DatasetFile file, Sample sample) {}

    private final Dataset dataset;
    private final List<Part> parts = new ArrayList<>();

    PreviewRows(Dataset dataset) {
        this.dataset = dataset;
    }

    void add(DatasetFile file, Sample sample) {
        parts.add(new Part(file, sample));
    }

    int count() {
        return parts.stream().mapToInt(part -> part.sample().rows().size()).sum();
    }

    /** Why a job would refuse a file beside the first one; null where it would not. */
    String misfit(DatasetFile file, Sample sample, boolean union) {
        if (parts.isEmpty() || sample.format().kind() == Kind.JSON) {
            return null;
        }
        var expected = compared(parts.get(0).sample());
        var found = compared(sample);
        int common = Math.min(expected.size(), found.size());
        boolean fits = union ? expected.subList(0, common).equals(found.subList(0, common)) : expected.equals(found);
        return fits
                ? null
                : file.key() + " has other columns than " + parts.get(0).file().key()
                        + "; a job that reads both is refused.";
    }

    private static List<?> compared(Sample sample) {
        return sample.format().kind().delimited()
                ? sample.columns().stream().map(Sample.Column::name).toList()
                : sample.columns();
    }

    /**
     * Why a job would refuse the types that were said: they are of columns that there are not.
     *
     * @param all whether there are no other rows, which might have further keys of JSON
     * @return null where it would not, or what is behind the rows decides
     */
    String unknownTypes(boolean all) {
        if (samples().stream()
                        .anyMatch(sample ->
                                sample.columnCount() > sample.columns().size())
                || !all && !parts.isEmpty() && !delimited()) {
            return null;
        }
        var names = samples().stream()
                .flatMap(sample -> sample.columns().stream())
                .map(Sample.Column::name)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return null;
        }
        try {
            dataset.options().types().check(names, parts.get(0).file().key());
            return null;
        } catch (ProblemException unknown) {
            return unknown.detail() + "; a job is refused.";
        }
    }

    /** How the others are read, where nobody has looked into them: the first one says what splits them. */
    Reading reading(Reading said) {
        if (parts.isEmpty() || !delimited()) {
            return said;
        }
        var first = parts.get(0).sample();
        var delimiter = first.delimiter() == null ? "" : first.delimiter().toString();
        return said.with(said.dialect().or(new TextDialect(first.header(), delimiter, null, null)));
    }

    private List<Sample> samples() {
        return parts.stream().map(Part::sample).toList();
    }

    private boolean delimited() {
        return parts.get(0).sample().format().kind().delimited();
    }

    /**
     * The types that the columns of delimited text have together, where a job finds one for all of them; and with those that
     * the import has found in other files.
     */
    SaidTypes types(SaidTypes said) {
        var types = new LinkedHashMap<String, String>();
        if (!parts.isEmpty() && delimited()) {
            PreviewColumns.of(samples(), dataset.found())
                    .forEach(column -> types.merge(
                            column.name(),
                            dataset.disableTypeInference() ? "VARCHAR" : column.type(),
                            (one, other) -> one.equals(other) ? one : "VARCHAR"));
        }
        types.putAll(said.byName());
        return new SaidTypes(types);
    }

    /** Whether the rows would be others if their columns had these types. */
    boolean differFrom(SaidTypes types) {
        return parts.stream()
                .flatMap(part -> IntStream.range(0, part.sample().columns().size())
                        .filter(at -> !PreviewColumns.isMissing(part.sample(), at))
                        .mapToObj(at -> part.sample().columns().get(at)))
                .anyMatch(column -> !Objects.requireNonNullElse(types.of(column.name()), column.type())
                        .equals(column.type()));
    }

    /**
     * The preview.
     *
     * @param all whether there are no other files with rows
     * @param warnings of what is behind the rows
     */
    DatasetPreview of(boolean all, List<String> warnings) {
        var first = parts.get(0).sample();
        boolean byName = first.format().kind() == Kind.JSON;
        var columns = PreviewColumns.of(samples(), dataset.found());
        var data = new ArrayList<List<JsonNode>>();
        var cuts = new ArrayList<Sample.Cut>();
        for (var part : parts) {
            append(part.sample(), columns, byName, data, cuts);
        }
        var counts = parts.stream().map(part -> part.sample().rowCount()).toList();
        Long rowCount = all && !counts.contains(null)
                ? (Long) counts.stream().mapToLong(Long::longValue).sum()
                : null;
        int columnCount = Math.max(
                dataset.found().columnCount(),
                Math.max(
                        columns.size(),
                        parts.stream()
                                .mapToInt(part -> part.sample().columnCount())
                                .max()
                                .orElse(0)));
        var preview = new Preview(
                dataset.source().toString(),
                first.format().kind().name().toLowerCase(Locale.ROOT),
                same(part -> part.format().compression() == Compression.NONE
                        ? null
                        : part.format().compression().title()),
                same(Sample::encoding),
                first.delimiter(),
                first.header(),
                columns,
                columnCount,
                parts.stream()
                        .flatMap(part -> part.sample().omitted().stream())
                        .distinct()
                        .limit(MOST_NAMES)
                        .toList(),
                data,
                rowCount,
                rowCount != null && rowCount == data.size() && columns.size() == columnCount && cuts.isEmpty(),
                cuts,
                Stream.concat(parts.stream().flatMap(part -> part.sample().warnings().stream()), warnings.stream())
                        .limit(MOST_NAMES)
                        .toList(),
                dataset.bytes(),
                parts.stream().mapToLong(part -> part.sample().bytesRead()).sum());
        return new DatasetPreview(
                preview,
                parts.stream()
                        .map(part -> new DatasetPreview.File(
                                part.file().key(),
                                dataset.source().withKey(part.file().key()).toString(),
                                part.sample().rows().size()))
                        .toList());
    }

    private static void append(
            Sample sample,
            List<Sample.Column> columns,
            boolean byName,
            List<List<JsonNode>> data,
            List<Sample.Cut> cuts) {
        Map<String, Integer> places = byName
                ? IntStream.range(0, columns.size())
                        .boxed()
                        .collect(Collectors.toMap(at -> columns.get(at).name(), at -> at))
                : Map.of();
        int before = data.size();
        int[] place = IntStream.range(0, sample.columns().size())
                .map(at -> byName ? places.get(sample.columns().get(at).name()) : at)
                .toArray();
        for (var row : sample.rows()) {
            var values = new ArrayList<JsonNode>(Collections.nCopies(columns.size(), NullNode.instance));
            for (int at = 0; at < place.length; at++) {
                values.set(place[at], row.get(at));
            }
            data.add(values);
        }
        sample.cuts().forEach(cut -> cuts.add(new Sample.Cut(before + cut.row(), place[cut.column()], cut.length())));
    }

    /** What all samples have in common; null where they have nothing. */
    private String same(Function<Sample, String> what) {
        var found = new TreeSet<String>();
        parts.forEach(part -> found.add(String.valueOf(what.apply(part.sample()))));
        if (found.size() > 1) {
            return MIXED;
        }
        return what.apply(parts.get(0).sample());
    }
}
