package dev.wharf.webhooks;

import dev.wharf.kernel.problem.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a webhook tells of ({@code domain.md} §3.9): of a job's end. A canceled job is done, and has neither succeeded nor failed. */
enum TriggerEvent {
    ON_JOB_SUCCESS("onJobSuccess", "Complete"),
    ON_JOB_FAILURE("onJobFailure", "Failed"),
    ON_JOB_DONE("onJobDone", "Complete");

    private final String value;
    private final String sample;

    TriggerEvent(String value, String sample) {
        this.value = value;
        this.sample = sample;
    }

    /** @throws ProblemException 400 for anything else */
    static TriggerEvent of(String value) {
        return Arrays.stream(values())
                .filter(event -> event.value.equals(value))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "triggerEvent",
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(event -> event.value)
                                        .collect(Collectors.joining(", "))));
    }

    /** The status of a job that it tells of, for tests. */
    String sample() {
        return sample;
    }
}
