package dev.wharf.jobs;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/** How the messages of job queues are read. */
public final class JobMessages {
    /** So long a message may be, in UTF-16 units: results of thousands of files. */
    public static final int MOST_CHARACTERS = 1_000_000;

    private JobMessages() {}

    /**
     * @param text null for a message without any
     * @throws ProblemException 400 naming what is wrong
     */
    public static <T> T read(String text, Class<T> type) {
        if (text == null || text.isBlank()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED, "The message is empty: send the JSON document as its text");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "The message has " + text.length() + " characters, and at most " + MOST_CHARACTERS
                            + " are read: announce fewer files at once");
        }
        return Json.read(text, type);
    }
}
