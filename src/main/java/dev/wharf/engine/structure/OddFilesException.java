package dev.wharf.engine.structure;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Map;

/** There is no dataset of some files, and would be one without a few of them, unless none of them can be read. */
public final class OddFilesException extends ProblemException {
    private static final long serialVersionUID = 1;

    private final transient Map<String, String> files;
    private final boolean complete;
    private final boolean all;

    OddFilesException(Problem problem, String detail, Map<String, String> files, boolean complete, boolean all) {
        super(problem, detail);
        this.files = files;
        this.complete = complete;
        this.all = all;
    }

    /** What is wrong with each of them, by key. */
    public Map<String, String> files() {
        return files;
    }

    /** Whether these are all; of very many, only the first are named. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether of all files that were looked into none can be read: it may be how they are read that is wrong. */
    public boolean isAll() {
        return all;
    }
}
