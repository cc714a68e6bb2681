package dev.wharf.parameters;

/** What stands in the place of a parameter when a path is matched. */
interface Filling {
    Part part(Matching matching);

    /**
     * A value that a run gives.
     *
     * @param field the field of the run's request that holds it
     * @throws dev.wharf.kernel.problem.ProblemException 400 if this parameter takes no such value
     */
    void check(String field, String value);
}
