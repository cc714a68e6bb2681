package dev.wharf.polling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.ParameterisedPath;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.parameters.RunValues;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.S3Uri;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds results of a schedule's job that its next run would take in, and the run after that again, for ever. */
final class OwnResults {
    private OwnResults() {}

    /**
     * @param source a body of {@code POST /v4/importedDatasets}
     * @param overrides of the job; null where it has none
     * @param results where its results would go now: the paths that the overrides name, or else a folder
     * @throws ProblemException 400 for a result that goes into what is imported, but for hidden ones
     */
    static void refuse(JsonNode source, JsonNode overrides, List<S3Uri> results) {
        Watched watched = watched(source);
        if (watched == null) {
            return;
        }
        String field = overrides != null && overrides.has("writeSettings") ? "writeSettings" : "writesettings";
        boolean named = overrides != null && !overrides.path(field).isEmpty();
        for (int index = 0; index < results.size(); index++) {
            if (!watched.has(results.get(index))) {
                continue;
            }
            String where = "which is in the source, " + watched.location()
                    + ": each run would import the results of the one before. Let them go elsewhere";
            throw named
                    ? ProblemException.invalid(
                            "overrides." + field + "[" + index + "].path",
                            "leads to " + results.get(index).location() + ", " + where)
                    : ProblemException.invalid(
                            "overrides.writesettings",
                            "is missing, so that results go into your own folder for them, "
                                    + results.get(index).location() + ", " + where);
        }
    }

    /** What is imported, as far as it is known before it is listed. */
    private interface Watched {
        String location();

        boolean has(S3Uri target);
    }

    private record Folder(S3Uri uri) implements Watched {
        @Override
        public String location() {
            return uri.location();
        }

        @Override
        public boolean has(S3Uri target) {
            return target.bucket().equals(uri.bucket())
                    && target.key().startsWith(uri.key())
                    && !ObjectNames.hasHiddenSegment(target.key(), uri.key().length());
        }
    }

    /** A path that varies: what a job writes lies at the path itself, or in a folder of its own beside it. */
    private record Varying(ResolvedPath path) implements Watched {
        @Override
        public String location() {
            return path.location();
        }

        @Override
        public boolean has(S3Uri target) {
            String key = target.key();
            String folder = key.substring(0, key.lastIndexOf('/') + 1);
            String name = target.isFolder() ? "result.csv" : target.name();
            return target.bucket().equals(path.bucket())
                    && Stream.of(folder + name, folder + name.replaceFirst("\\.[^/]*$", "") + "_1/" + name)
                            .anyMatch(each -> path.pattern().matches(each) && path.noData(each) == null);
        }
    }

    /** Null for what imports will refuse. */
    private static Watched watched(JsonNode source) {
        if (source == null) {
            return null;
        }
        try {
            return source.hasNonNull("dynamicPath")
                    ? new Varying(path(source))
                    : folder(source).map(Folder::new).orElse(null);
        } catch (ProblemException malformed) {
            return null; // whoever knows what it is for says so
        }
    }

    /** Windows of time are as on one day: a run knows its own results on all others. */
    private static ResolvedPath path(JsonNode source) {
        S3Uri named = source.hasNonNull("uri")
                ? S3Uri.parse(source.path("uri").asText())
                : new S3Uri(source.path("bucket").asText(), "", null);
        String bucket = source.hasNonNull("dynamicBucket")
                ? source.path("dynamicBucket").asText()
                : null;
        return ParameterisedPath.of(source.path("dynamicPath").asText(), bucket, source.get("runParameters"))
                .resolve(named, RunValues.of(null, Map.of(), Instant.EPOCH));
    }

    private static Optional<S3Uri> folder(JsonNode source) {
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
