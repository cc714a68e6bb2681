package dev.wharf.deadletters;

/**
 * What is to be sent again.
 *
 * @param id the dead letter's
 * @param queue to which it came, and goes again
 */
public record Replay(long id, String queue, String text) {
    private static final String RUNS = "running.jobs";

    /** Whether it asks for a run; otherwise for a publication. */
    public boolean isRun() {
        return queue.equals(RUNS);
    }
}
