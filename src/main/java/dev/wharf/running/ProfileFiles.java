package dev.wharf.running;

import dev.wharf.engine.profile.Profile;
import dev.wharf.engine.profile.Profiler;
import dev.wharf.kernel.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A profile as the files of the original ({@code domain.md} §7), by whose names the API shows what is in them: objects with a
 * member for each column.
 */
final class ProfileFiles {
    /** How good the values of each column are: counts of VALID, INVALID and EMPTY. */
    static final String TYPE_CHECKS = "profilerTypeCheckHistograms";

    /** What the valid values of each column are like. */
    static final String VALID_VALUES = "profilerValidValueHistograms";

    /** What rules of data quality have found: there are no such rules here. */
    static final String RULES = "profilerRules";

    static final String TYPES = "columnTypes";

    private static final String FOLDER = "profile";

    private ProfileFiles() {}

    /**
     * Writes them.
     *
     * @param run the folder of the run
     */
    static List<Path> write(Profile profile, Path run) {
        try {
            Path folder = Files.createDirectories(run.resolve(FOLDER));
            return List.of(
                    write(folder, RULES, Map.of()),
                    write(folder, TYPE_CHECKS, each(profile, ProfileFiles::checks)),
                    write(folder, VALID_VALUES, each(profile, ProfileFiles::values)),
                    write(folder, TYPES, each(profile, column -> List.of(column.type(), column.engineType()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path folder, String name, Object content) throws IOException {
        return Files.writeString(folder.resolve(name + ".json"), Json.write(content));
    }

    private static Map<String, Object> each(Profile profile, Function<Profile.Column, Object> shown) {
        Map<String, Object> columns = new LinkedHashMap<>();
        profile.columns().forEach(column -> columns.put(column.name(), shown.apply(column)));
        return columns;
    }

    private static Object checks(Profile.Column column) {
        return List.of(
                counted("VALID", column.valid()),
                counted("INVALID", column.mismatched()),
                counted("EMPTY", column.missing()));
    }

    private static Map<String, Object> counted(String key, long count) {
        Map<String, Object> counted = new LinkedHashMap<>();
        counted.put("key", key);
        counted.put("count", count);
        return counted;
    }

    private static Object values(Profile.Column column) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("approximateDistinct", column.distinct());
        values.put("distinctIsExact", column.distinctExact());
        values.put("min", column.min());
        values.put("max", column.max());
        if (column.mean() != null) {
            values.put("mean", column.mean());
            values.put("stddev", column.deviation());
        }
        if (column.histogram() != null) {
            addScale(values, column);
        }
        List<Object> top = new ArrayList<>();
        column.top().forEach(value -> top.add(counted(value.value(), value.count())));
        long listed = column.top().stream().mapToLong(Profile.Top::count).sum();
        values.put("topk", top);
        values.put("k", Profiler.MOST_VALUES);
        values.put("c", column.valid());
        values.put("ub", column.valid() - listed);
        return values;
    }

    private static void addScale(Map<String, Object> values, Profile.Column column) {
        var buckets = column.histogram().buckets();
        values.put("roundMin", buckets.get(0).from());
        values.put("roundMax", column.histogram().to());
        values.put(
                "buckets",
                buckets.stream()
                        .map(bucket -> {
                            Map<String, Object> shown = new LinkedHashMap<>();
                            shown.put("pos", bucket.from());
                            shown.put("b", bucket.count());
                            return shown;
                        })
                        .toList());
        Map<String, Object> quantiles = new LinkedHashMap<>();
        for (int at = 0; at < column.quantiles().size(); at++) {
            quantiles.put(
                    Profile.QUANTILES.get(at).toString(), column.quantiles().get(at));
        }
        Map<String, Object> quartiles = new LinkedHashMap<>();
        quartiles.put("q1", quantiles.get("0.25"));
        quartiles.put("q2", quantiles.get("0.5"));
        quartiles.put("q3", quantiles.get("0.75"));
        values.put("quartiles", quartiles);
        values.put("approximateQuantiles", quantiles);
    }
}
