package dev.wharf.imports;

import dev.wharf.datasets.Found;
import dev.wharf.engine.file.SourceFormat.Kind;
import dev.wharf.engine.sample.Sample;
import dev.wharf.engine.structure.UnitedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The columns that samples of files have together. */
final class PreviewColumns {
    private PreviewColumns() {}

    /**
     * Keys of JSON have a column each; all else has its place.
     *
     * @param samples at least one
     * @param found the types of other files of the dataset
     */
    static List<Sample.Column> of(List<Sample> samples, Found found) {
        var kind = samples.get(0).format().kind();
        var names = new ArrayList<String>();
        var types = new ArrayList<String>();
        for (var sample : samples) {
            for (int at = 0; at < sample.columns().size(); at++) {
                var column = sample.columns().get(at);
                int place = kind == Kind.JSON ? names.indexOf(column.name()) : at < names.size() ? at : -1;
                var type = isMissing(sample, at) ? null : column.type();
                if (place < 0) {
                    names.add(column.name());
                    types.add(type);
                } else {
                    types.set(place, UnitedType.of(kind, types.get(place), type));
                }
            }
        }
        var known = known(found);
        return IntStream.range(0, names.size())
                .mapToObj(at -> {
                    var type = UnitedType.of(kind, types.get(at), known.get(names.get(at)));
                    return new Sample.Column(names.get(at), Objects.requireNonNullElse(type, "VARCHAR"));
                })
                .toList();
    }

    /** What no value tells is not text for that. */
    static boolean isMissing(Sample sample, int at) {
        return sample.columns().get(at).type().equals("VARCHAR")
                && sample.rows().stream().allMatch(row -> row.get(at).isNull());
    }

    /** By name; none where nobody looked. */
    private static Map<String, String> known(Found found) {
        return found.structure() == null
                ? Map.of()
                : found.structure().columns().stream()
                        .collect(Collectors.toMap(
                                Sample.Column::name,
                                Sample.Column::type,
                                (one, other) -> one.equals(other) ? one : "VARCHAR"));
    }
}
