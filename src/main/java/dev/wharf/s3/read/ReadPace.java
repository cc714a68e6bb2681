package dev.wharf.s3.read;

/** Decides how much is fetched ahead of one reader. */
public interface ReadPace {
    /**
     * How far a range has come that the reader is about to enter.
     *
     * @param complete whether all of it is there
     * @param fetchNanos how long that took
     * @param ageNanos how long ago it was asked for
     */
    record Progress(boolean complete, long fetchNanos, long ageNanos) {}

    /** How many ranges are to be under way beside the one that is being read. */
    int depth();

    /**
     * The reader has asked the store itself.
     *
     * @param count bytes that came
     * @param nanos for which it has waited
     */
    void readDirectly(int count, long nanos);

    /**
     * The reader comes from one range to the next.
     *
     * @param next null if there is none
     */
    void readRange(Progress next);
}
