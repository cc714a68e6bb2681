package dev.wharf.kernel.problem;

/** Ids in paths. */
public final class Ids {
    private Ids() {}

    /**
     * Reads an id.
     *
     * @param thing what it is the id of, for the message
     * @throws ProblemException 404 if it is not a number: there is no such thing
     */
    public static long parse(String thing, String id) {
        return Text.wholeNumber(id).orElseThrow(() -> notFound(thing, id));
    }

    /** Whether an id stands for the caller's own. A path's {@code null} comes as Java's. */
    public static boolean isCurrent(String id) {
        return "current".equals(id);
    }

    public static ProblemException notFound(String thing, Object id) {
        return new ProblemException(Problem.NOT_FOUND, "There is no " + thing + " " + id);
    }
}
