package dev.wharf.polling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.S3Uri;
import java.util.Optional;

/** Finds results of a schedule's job that its next run would take in, and the run after that again, for ever. */
final class OwnResults {
    private OwnResults() {}

    /**
     * @param source a body of {@code POST /v4/importedDatasets}
     * @param overrides of the job; may be null
     * @throws ProblemException 400 for a result that goes into the folder that is imported, but for hidden ones
     */
    static void refuse(JsonNode source, JsonNode overrides) {
        S3Uri folder = folder(source).orElse(null);
        if (folder == null || overrides == null) {
            return;
        }
        String field = overrides.has("writesettings") ? "writesettings" : "writeSettings";
        int index = 0;
        for (JsonNode setting : overrides.path(field)) {
            S3Uri target = uri(setting.path("path")).orElse(null);
            if (target != null && isIn(folder, target)) {
                throw ProblemException.invalid(
                        "tasks[1].runJob.overrides." + field + "[" + index + "].path",
                        "is in the source, " + folder.location()
                                + ": each run would import the results of the one before." + " Let them go elsewhere");
            }
            index++;
        }
    }

    /**
     * The same for results that go where they go by default.
     *
     * @param results the folder
     * @throws ProblemException 400 if they would be imported
     */
    static void refuseDefault(JsonNode source, S3Uri results) {
        folder(source).filter(folder -> isIn(folder, results)).ifPresent(folder -> {
            throw ProblemException.invalid(
                    "overrides.writesettings",
                    "is missing, so that results go into your own folder for them, " + results.location()
                            + ", which is in the source, " + folder.location()
                            + ": each run would import the results of the one before. Let them go elsewhere");
        });
    }

    private static boolean isIn(S3Uri folder, S3Uri target) {
        return target.bucket().equals(folder.bucket())
                && target.key().startsWith(folder.key())
                && !ObjectNames.hasHiddenSegment(target.key(), folder.key().length());
    }

    /** Empty for a path that varies, and for what imports will refuse. */
    private static Optional<S3Uri> folder(JsonNode source) {
        if (source == null || source.hasNonNull("dynamicPath")) {
            return Optional.empty();
        }
        Optional<S3Uri> named = source.hasNonNull("uri")
                ? uri(source.path("uri"))
                : uri("s3://" + source.path("bucket").asText() + "/"
                        + source.path("path").asText().replaceFirst("^/", ""));
        return named.filter(uri -> !uri.bucket().isEmpty() && !uri.key().isEmpty())
                .map(uri -> uri.isFolder() ? uri : uri.withKey(uri.key() + "/"));
    }

    private static Optional<S3Uri> uri(JsonNode text) {
        return text.isTextual() ? uri(text.asText()) : Optional.empty();
    }

    private static Optional<S3Uri> uri(String text) {
        try {
            return Optional.of(S3Uri.parse(text));
        } catch (ProblemException malformed) {
            return Optional.empty(); // whoever knows what it is for says so
        }
    }
}
