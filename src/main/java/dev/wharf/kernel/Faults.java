package dev.wharf.kernel;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is wrong with one request: collected, so that a caller learns of all of it at once. */
public final class Faults {
    /** More of them would not be read. */
    private static final int TOLD = 10;

    private final Set<String> found = new LinkedHashSet<>();

    /** Checks a rule, and goes on if it is broken. */
    public void check(Runnable rule) {
        get(() -> {
            rule.run();
            return null;
        });
    }

    /** Reads a value by a rule; null where it is broken. */
    public <T> T get(Supplier<T> rule) {
        try {
            return rule.get();
        } catch (ProblemException e) {
            if (e.problem() != Problem.VALIDATION_FAILED) {
                throw e;
            }
            add(e.detail());
            return null;
        }
    }

    void add(String fault) {
        found.add(fault);
    }

    /**
     * @throws ProblemException 400 with everything that was found
     */
    public void refuse() {
        if (found.isEmpty()) {
            return;
        }
        String told = found.stream().limit(TOLD).collect(Collectors.joining("; also "));
        int untold = found.size() - TOLD;
        throw new ProblemException(
                Problem.VALIDATION_FAILED, untold > 0 ? told + "; and " + untold + " faults more" : told);
    }
}
