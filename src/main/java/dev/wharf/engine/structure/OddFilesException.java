package dev.wharf.engine.structure;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Map;

/** There is no dataset of some files, and would be one without a few of them. */
public final class OddFilesException extends ProblemException {
    private static final long serialVersionUID = 1;

    private final transient Map<String, String> files;
    private final boolean complete;

    OddFilesException(Problem problem, String detail, Map<String, String> files, boolean complete) {
        super(problem, detail);
        this.files = files;
        this.complete = complete;
    }

    /** What is wrong with each of them, by key. */
    public Map<String, String> files() {
        return files;
    }

    /** Whether these are all; of very many, only the first are named. */
    public boolean isComplete() {
        return complete;
    }
}
