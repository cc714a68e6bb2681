package dev.wharf.deadletters;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/**
 * What is to be sent again.
 *
 * @param id the dead letter's
 * @param queue to which it came, and goes again
 */
public record Replay(long id, String queue, String text) {
    private static final String RUNS = "running.jobs";
    private static final String FILES = "publishing.files";

    /** @throws ProblemException 409 for a message by which nodes tell each other of files */
    public Replay {
        if (queue.equals(FILES)) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "Dead letter " + id + " came to " + FILES
                            + ", where nodes tell each other of files of their jobs: none"
                            + " of them needs it, so that it can only be dismissed");
        }
    }

    /** Whether it asks for a run; otherwise for a publication. */
    public boolean isRun() {
        return queue.equals(RUNS);
    }
}
