package dev.wharf.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.store.S3Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parameterised paths as tests write them: the values of the parameters stand for the {@code <>} of a path, in order. */
final class Paths {
    static final S3Uri BUCKET = new S3Uri("bucket", "", null);
    static final Instant NOW = Instant.parse("2025-11-28T10:30:00Z");
    static final String WILDCARD = "{\"pattern\":{\"wildcard\":{}}}";

    private Paths() {}

    /** The parameters have the keys p0, p1, …; texts that follow each other at one index are in order. */
    static ParameterisedPath path(String written, String... values) {
        List<String> parameters = new ArrayList<>();
        String reduced = written;
        int order = 0;
        int before = -1;
        for (int i = 0; i < values.length; i++) {
            int index = reduced.indexOf("<>");
            reduced = reduced.substring(0, index) + reduced.substring(index + 2);
            order = index == before ? order + 1 : 0;
            before = index;
            parameters.add(parameter("path", "p" + i, index, order, values[i]));
        }
        return ParameterisedPath.of(reduced, null, json("[" + String.join(",", parameters) + "]"));
    }

    static String parameter(String type, String key, int index, int order, String value) {
        return String.format(
                Locale.ROOT,
                "{\"type\":\"%s\",\"overrideKey\":\"%s\",\"insertionIndices\":[{\"index\":%d,\"order\":%d}],\"value\":%s}",
                type,
                key,
                index,
                order,
                value);
    }

    static RunValues values(RunOverrides said, Instant now) {
        return RunValues.of(said, Map.of(), now);
    }

    static PathPattern pattern(String written, String... values) {
        return path(written, values).resolve(BUCKET, values(null, NOW)).pattern();
    }

    static PathPattern at(String now, String written, String... values) {
        return path(written, values)
                .resolve(BUCKET, values(null, Instant.parse(now)))
                .pattern();
    }

    static String dates(String format, String window) {
        return dates("UTC", format, window);
    }

    static String dates(String zone, String format, String window) {
        return "{\"dateRange\":{\"timezone\":\"" + zone + "\",\"formats\":[\"" + format + "\"]," + window + "}}";
    }

    static String inTheLast(int number, String unit) {
        return "\"inTheLast\":{\"unit\":\"" + unit + "\",\"number\":" + number + "}";
    }

    static String exactly(int amount, String unit) {
        return "\"exactly\":{\"unit\":\"" + unit + "\",\"amount\":" + amount + "}";
    }

    static String variable(String value) {
        return "{\"variable\":{\"value\":\"" + value + "\"}}";
    }

    static String regex(String value) {
        return "{\"pattern\":{\"regex\":{\"value\":" + Json.write(value) + "}}}";
    }

    static String trifacta(String value) {
        return "{\"pattern\":{\"trifactaPattern\":{\"value\":" + Json.write(value) + "}}}";
    }

    static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }
}
