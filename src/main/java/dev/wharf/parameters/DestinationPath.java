package dev.wharf.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.Part.Text;
import dev.wharf.store.S3Uri;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Where results go, where parts of the path are told by a run ({@code domain.md} §6), checked.
 *
 * @param path the address without the texts of its parameters; they are in its key
 * @param runParameters what stands in them, by their places in {@code s3://bucket/key}
 */
public record DestinationPath(S3Uri path, List<RunParameter> runParameters) {
    private static final String FIELD = "path";

    /** Of which no two fields are written alike, so that paths meet in it that always meet. */
    private static final Instant SAMPLE = Instant.parse("2006-11-23T17:45:58.039Z");

    /**
     * Reads what a caller has sent.
     *
     * @param runParameters an array, or as it is shown: {@code {"data": […]}}
     * @return null where no part varies
     * @throws ProblemException 400 with all that is wrong, each field by its name
     */
    public static DestinationPath of(S3Uri path, JsonNode runParameters) {
        List<RunParameter> parameters = ParameterList.read(runParameters);
        if (parameters.isEmpty()) {
            return null;
        }
        var destination = new DestinationPath(path, parameters);
        destination.check();
        ParameterList.requireKeepable(destination.kept());
        return destination;
    }

    /**
     * Reads what was kept.
     *
     * @param kept what {@link #kept} has written; may be null
     * @return null where no part varies
     */
    public static DestinationPath read(S3Uri path, String kept) {
        return kept == null ? null : new DestinationPath(path, List.of(Json.read(kept, RunParameter[].class)));
    }

    /** The parameters as text, to be kept beside the path. */
    public String kept() {
        return Json.write(runParameters);
    }

    private record Checked(ReducedText text, Map<String, Filling> settable) {}

    private Checked check() {
        var faults = new Faults();
        var text = new ReducedText(FIELD, path.location(), keyBegin());
        var list = new ParameterList(Map.of("path", text), Fillings::ofDestination);
        list.addAll(runParameters, faults);
        faults.refuse();
        return new Checked(text, list.settable());
    }

    /** The override keys by which a run may name a parameter. */
    public Set<String> keys() {
        return check().settable().keySet();
    }

    /** What the path comes to on some day, with its defaults, to be checked as far as it does not vary. */
    public S3Uri sample() {
        Map<String, String> environment = keys().stream()
                .filter(EnvironmentName::isOne)
                .collect(Collectors.toMap(Function.identity(), Function.identity()));
        return resolve(RunValues.of(null, environment, SAMPLE), location -> path.location() + " with its parameters");
    }

    /**
     * Where the results of a run go.
     *
     * @param values of which those of other parameters are left alone
     * @throws ProblemException 400 for a value that its parameter does not take, and if what comes of it leaves its folder or is
     *     too long
     */
    public S3Uri resolve(RunValues values) {
        return resolve(values, location -> location);
    }

    /** @param told what a message says instead of a place: that of a sample is on a day that nobody has asked for */
    private S3Uri resolve(RunValues values, UnaryOperator<String> told) {
        Checked checked = check();
        List<Part> parts = checked.text().parts(values.matching(checked.settable()));
        String location = ((Text) parts.get(0)).text();
        String key = location.substring(keyBegin());
        if (key.getBytes(StandardCharsets.UTF_8).length > S3Uri.MAX_KEY_BYTES) {
            throw ProblemException.invalid(
                    FIELD, "comes to a key longer than " + S3Uri.MAX_KEY_BYTES + " bytes, S3's limit");
        }
        if (Arrays.stream(key.split("/")).anyMatch(List.of(".", "..")::contains)) {
            throw ProblemException.invalid(
                    FIELD,
                    "comes to " + told.apply(location)
                            + ", which leads out of its folder: no part of it may be . or ..");
        }
        // The connection is the path's own, whatever the key looks like now.
        return path.withKey(key);
    }

    private int keyBegin() {
        return path.location().length() - path.key().length();
    }
}
