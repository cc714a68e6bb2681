package dev.wharf.jobs;

/**
 * One attempt at a publication whose files several nodes stage. What they do counts while the claim stands.
 *
 * @param process that has claimed the job, {@code <node>:<boot>}
 * @param number how often the job has been claimed by then
 */
public record Attempt(long jobId, long jobGroupId, String process, int number) {
    /** How a process signs the files that it stages in this attempt. */
    public String claimOf(String worker) {
        return worker + "/" + number;
    }
}
