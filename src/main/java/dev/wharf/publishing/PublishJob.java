package dev.wharf.publishing;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.util.List;

/**
 * The message that asks for results to be published: of a run that {@code POST /v4/jobGroups} started, or announced by
 * another engine. Whoever may write to the queue is trusted to speak for the member it names.
 *
 * <p>Only its form is checked here. What it asks for is decided by {@link Placements} and {@link Preflight}, which fail
 * the job with a reason; a message without form has no job that could fail.
 *
 * @param jobGroupId the run's job group; null where another engine announces its results
 * @param announcedAs the other engine's own id of the job, at most 255 characters: the same one again is the same job
 * @param personWorkspaceId for whom an announced job publishes
 * @param name an announced job's name, at most 255 characters
 * @param execution the environment that made an announced job's results, such as {@code spark}
 * @param results what to write, at least one
 * @param profile where the files of a run's profile are, which go to {@code .profiler/} beside each result; none by default
 */
public record PublishJob(
        Long jobGroupId,
        String announcedAs,
        Long personWorkspaceId,
        String name,
        String execution,
        List<Result> results,
        List<String> profile) {

    public PublishJob {
        if (jobGroupId == null) {
            requireText("announcedAs", announcedAs, 255);
            if (personWorkspaceId == null) {
                throw ProblemException.invalid("personWorkspaceId", "is missing");
            }
            requireText("name", name, 255);
            requireText("execution", execution, 50);
            if (profile != null && !profile.isEmpty()) {
                throw ProblemException.invalid("profile", "is for the service's own runs: leave it out");
            }
        }
        results = requireItems("results", results);
        profile = profile == null ? List.of() : List.copyOf(profile);
        profile.forEach(file -> requireText("profile", file, 4096));
    }

    /** Whether the results are another engine's, rather than those of a run of ours. */
    boolean announced() {
        return jobGroupId == null;
    }

    /**
     * One output. Actions, formats and compressions are those of a write setting ({@code domain.md} §3.8).
     *
     * @param path where it goes, {@code s3://<bucket>/<folder>/<file>?connectionId=<id>}, at most 2,048 characters
     * @param action {@code create} by default
     * @param compression how the files are compressed already; {@code none} by default
     * @param asSingleFile false where the files are parts, also if there is only one of them: they keep their names then
     * @param files where the bytes are: {@code s3://…} or {@code file:///…}, each at most 4,096 characters
     */
    public record Result(
            String path, String action, String format, String compression, Boolean asSingleFile, List<String> files) {
        public Result {
            requireText("results.path", path, 2048);
            action = action == null ? "create" : action;
            requireText("results.format", format, 50);
            compression = compression == null ? "none" : compression;
            asSingleFile = asSingleFile == null ? files != null && files.size() == 1 : asSingleFile;
            files = requireItems("results.files", files);
            files.forEach(file -> requireText("results.files", file, 4096));
        }
    }

    private static void requireText(String field, String value, int longest) {
        if (value == null || value.isBlank()) {
            throw ProblemException.invalid(field, "is missing");
        }
        if (value.length() > longest) {
            throw ProblemException.invalid(field, "has more than " + longest + " characters");
        }
        Text.description(field, value, longest); // of what every registry can hold
    }

    private static <T> List<T> requireItems(String field, List<T> values) {
        if (values == null || values.isEmpty() || values.stream().anyMatch(value -> value == null)) {
            throw ProblemException.invalid(field, "must be an array with at least one entry and without null");
        }
        return List.copyOf(values);
    }
}
