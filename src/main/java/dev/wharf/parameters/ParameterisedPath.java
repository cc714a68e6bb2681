package dev.wharf.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.Part.Text;
import dev.wharf.store.S3Uri;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A path some parts of which are told by a run ({@code domain.md} §3.6 and §6), checked.
 *
 * @param dynamicPath the path without the texts of its parameters; a slash at its beginning is not part of a key
 * @param dynamicBucket the same of the bucket; null where no parameter is in it
 * @param runParameters what stands in them
 */
public record ParameterisedPath(String dynamicPath, String dynamicBucket, List<RunParameter> runParameters) {
    /**
     * Reads what a caller has sent.
     *
     * @param runParameters an array, or what is shown of a dataset: {@code {"data": […]}}
     * @throws ProblemException 400 with all that is wrong, each field by its name
     */
    public static ParameterisedPath of(String dynamicPath, String dynamicBucket, JsonNode runParameters) {
        if (dynamicPath == null) {
            throw ProblemException.invalid(
                    "dynamicPath",
                    "is missing: send the path without the texts of its parameters"
                            + (dynamicBucket == null ? "" : ", all of it where dynamicBucket alone has one"));
        }
        List<RunParameter> parameters = ParameterList.read(runParameters);
        if (parameters.isEmpty()) {
            throw ProblemException.invalid(
                    "runParameters", "is missing: name the parameters of dynamicPath, or send path without it");
        }
        var path = new ParameterisedPath(dynamicPath, dynamicBucket, parameters);
        path.check();
        ParameterList.requireKeepable(path.kept());
        return path;
    }

    /**
     * Refuses what is no example of what varies, as whoever sends it expects something else to be read.
     *
     * @param named where it is empty, nothing was named
     * @param field that names the path
     * @throws ProblemException 400 if bucket or path begin otherwise
     */
    public void requireExample(S3Uri named, String field) {
        Checked checked = check();
        requireExample(
                field,
                "/" + named.key(),
                "dynamicPath",
                "/" + unslashed(checked.path().beginning()));
        if (checked.bucket().hasParameters()) {
            requireExample(
                    "bucket", named.bucket(), "dynamicBucket", checked.bucket().beginning());
        }
    }

    private static void requireExample(String field, String example, String dynamic, String beginning) {
        if (!example.startsWith(beginning) && !beginning.startsWith(example)) {
            throw ProblemException.invalid(
                    field,
                    "names " + example + ", and " + dynamic + " begins with " + beginning + ": beside " + dynamic
                            + " it is an example of what matches and is not read; name one, or leave it out");
        }
    }

    /** A slash at the beginning is not part of a key. */
    private static String unslashed(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    /** Reads what {@link #kept} has written. */
    public static ParameterisedPath read(String kept) {
        return Json.read(kept, ParameterisedPath.class);
    }

    /** As text, to be kept with a dataset. */
    public String kept() {
        return Json.write(this);
    }

    /** @param settable what a run may name, by its override key */
    private record Checked(ReducedText path, ReducedText bucket, Map<String, Filling> settable) {}

    private Checked check() {
        var faults = new Faults();
        var path = new ReducedText("dynamicPath", dynamicPath);
        var bucket = new ReducedText("dynamicBucket", dynamicBucket == null ? "" : dynamicBucket);
        Map<String, ReducedText> texts = new LinkedHashMap<>();
        texts.put("path", path);
        texts.put("bucket", bucket);
        var list = new ParameterList(texts, Fillings::ofSource);
        list.addAll(runParameters, faults);
        if (!bucket.hasParameters() && dynamicBucket != null && !dynamicBucket.isEmpty()) {
            faults.add("dynamicBucket is given, and no parameter of the type bucket: send bucket alone");
        }
        faults.refuse();
        return new Checked(path, bucket, list.settable());
    }

    /** The override keys by which a run may name a parameter. */
    public Set<String> keys() {
        return check().settable().keySet();
    }

    /**
     * What is to be read now.
     *
     * @param uri the bucket, where no parameter is in it, and the connection; its key is not looked at
     * @param values of which those of other parameters are left alone
     * @throws ProblemException 400 for a value that its parameter does not take, and if what comes of it is no bucket or path
     */
    public ResolvedPath resolve(S3Uri uri, RunValues values) {
        Checked checked = check();
        var matching = values.matching(checked.settable());
        String name = checked.bucket().hasParameters() ? text(checked.bucket().parts(matching)) : uri.bucket();
        if (name.isEmpty() && !checked.bucket().hasParameters()) {
            throw ProblemException.invalid("bucket", "is missing: a path alone does not say where");
        }
        if (!S3Uri.isBucket(name)) {
            throw ProblemException.invalid("dynamicBucket", "comes to \"" + name + "\", which is no name of a bucket");
        }
        List<Part> parts = checked.path().parts(matching);
        if (!parts.isEmpty() && parts.get(0) instanceof Text first) {
            parts.set(0, new Text(unslashed(first.text())));
        }
        requireFits(parts);
        return new ResolvedPath(name, uri.connectionId(), PathPattern.of(parts));
    }

    /** The texts alone, of what holds nothing else. */
    private static String text(List<Part> parts) {
        return parts.isEmpty() ? "" : ((Text) parts.get(0)).text();
    }

    private static void requireFits(List<Part> parts) {
        int bytes = 0;
        for (Part part : parts) {
            bytes += part instanceof Text text ? text.text().getBytes(StandardCharsets.UTF_8).length : 0;
        }
        if (bytes > S3Uri.MAX_KEY_BYTES) {
            throw ProblemException.invalid(
                    "dynamicPath", "comes to a path longer than " + S3Uri.MAX_KEY_BYTES + " bytes, S3's limit");
        }
        if (parts.isEmpty() || bytes == 0 && parts.stream().allMatch(Text.class::isInstance)) {
            throw ProblemException.invalid(
                    "dynamicPath", "comes to a whole bucket, which is not a folder: name a folder in it");
        }
    }
}
