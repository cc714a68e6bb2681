package dev.wharf.running;

import java.util.List;
import java.util.stream.IntStream;

/** What the queue {@code publishing.jobs} is told of a run's results ({@code openapi.yaml}, <i>PublishJob</i>). */
record Announcement(long jobGroupId, List<Result> results) {
    record Result(String path, String action, String format, String compression, List<String> files) {}

    static Announcement of(Run run) {
        return new Announcement(
                run.jobGroupId(),
                IntStream.range(0, run.settings().size())
                        .mapToObj(i -> new Result(
                                run.settings().get(i).path().toString(),
                                "create",
                                run.settings().get(i).format().extension(),
                                run.settings().get(i).compression().title(),
                                List.of(run.result(i).toUri().toString())))
                        .toList());
    }
}
