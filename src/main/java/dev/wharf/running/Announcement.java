package dev.wharf.running;

import dev.wharf.jobs.JobMessages;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What the queue {@code publishing.jobs} is told of a run's results ({@code openapi.yaml}, <i>PublishJob</i>). */
record Announcement(long jobGroupId, List<Result> results, List<String> profile) {
    record Result(
            String path, String action, String format, String compression, boolean asSingleFile, List<String> files) {}

    static Announcement of(Run run) {
        return new Announcement(
                run.jobGroupId(),
                IntStream.range(0, run.settings().size())
                        .mapToObj(
                                i -> result(run.settings().get(i), run.written().get(i)))
                        .toList(),
                uris(run.profile()));
    }

    private static Result result(WriteSetting setting, List<Path> files) {
        return new Result(
                setting.path().toString(),
                "create",
                setting.format().extension(),
                setting.compression().title(),
                setting.singleFile(),
                uris(files));
    }

    private static List<String> uris(List<Path> files) {
        return files.stream().map(file -> file.toUri().toString()).toList();
    }

    /**
     * The message.
     *
     * @throws ProblemException 400 if it names more files than a message can
     */
    String text() {
        String text = Json.write(this);
        if (text.length() > JobMessages.MOST_CHARACTERS) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "The results have "
                            + results.stream()
                                    .mapToInt(result -> result.files().size())
                                    .sum()
                            + " part files, more than can be published at once: write single files, or let an administrator"
                            + " raise wharf.running.part-bytes");
        }
        return text;
    }
}
