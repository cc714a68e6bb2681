package dev.wharf.jobs;

import dev.wharf.kernel.api.Json;
import java.util.Map;

/**
 * A message that has to be sent, as a row of {@code job} says it.
 *
 * @param jobType {@code wrangle} for the queue of runs, {@code publish} for that of publications
 * @param document the text of the message; rows of runs have none, since it follows from the job group
 * @param nodeId the only node that can read the results; null for any
 */
public record DueMessage(long jobGroupId, String jobType, String document, String nodeId) {
    private static final String RUN = "wrangle";
    private static final String PUBLICATION = "publish";

    public DueMessage {
        if (jobType.equals(RUN)) {
            document = Json.write(Map.of("jobGroupId", jobGroupId));
        }
    }

    /** That of a run. */
    public static DueMessage ofRun(long jobGroupId) {
        return new DueMessage(jobGroupId, RUN, null, null);
    }

    /**
     * That of a publication.
     *
     * @param nodeId the only node that can read the results; null for any
     */
    public static DueMessage ofPublication(long jobGroupId, String document, String nodeId) {
        return new DueMessage(jobGroupId, PUBLICATION, document, nodeId);
    }

    /** Whether it is for the queue of runs. */
    public boolean isRun() {
        return jobType.equals(RUN);
    }
}
