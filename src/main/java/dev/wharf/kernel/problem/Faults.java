package dev.wharf.kernel.problem;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/** What is wrong with one request: collected, so that a caller learns of all of it at once. */
public final class Faults {
    /** More of them would not be read. */
    private static final int TOLD = 10;

    private final Set<String> found = new LinkedHashSet<>();
    private long untold;

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

    public void add(String fault) {
        add(() -> fault);
    }

    /** @param fault is not asked for its text where it would not be told */
    public void add(Supplier<String> fault) {
        if (found.size() < TOLD) {
            found.add(fault.get());
        } else {
            untold++;
        }
    }

    /**
     * @throws ProblemException 400 with everything that was found
     */
    public void refuse() {
        if (found.isEmpty()) {
            return;
        }
        String told = String.join("; also ", found);
        throw new ProblemException(
                Problem.VALIDATION_FAILED, untold > 0 ? told + "; and " + untold + " faults more" : told);
    }
}
