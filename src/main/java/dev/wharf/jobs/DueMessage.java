package dev.wharf.jobs;

/**
 * A message that has to be sent.
 *
 * @param jobType {@code wrangle} for the queue of runs, {@code publish} for that of publications
 * @param nodeId the only node that can read the results; null for any
 */
public record DueMessage(long jobGroupId, String jobType, String document, String nodeId) {
    static final String RUN = "wrangle";
    static final String PUBLICATION = "publish";

    /** Whether it is for the queue of runs. */
    public boolean isRun() {
        return jobType.equals(RUN);
    }
}
