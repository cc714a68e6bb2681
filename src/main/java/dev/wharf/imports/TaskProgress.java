package dev.wharf.imports;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/** The progress of an import that nobody waits for, in the registry once a second, where it can be canceled as well. */
final class TaskProgress implements Progress {
    private static final long EVERY_NANOS = 1_000_000_000;

    private final ImportTasks tasks;
    private final long id;
    private long last = System.nanoTime();

    TaskProgress(ImportTasks tasks, long id) {
        this.tasks = tasks;
        this.id = id;
    }

    @Override
    public void look(Findings findings) {
        if (System.nanoTime() - last >= EVERY_NANOS) {
            last = System.nanoTime();
            update(findings);
        }
    }

    private void update(Findings findings) {
        if (!tasks.update(id, findings)) {
            throw new ProblemException(Problem.CONFLICT, "The import was canceled");
        }
    }

    /** In the transaction that makes the dataset visible. */
    @Override
    public void complete(Findings findings) {
        update(findings);
        tasks.complete(id);
    }

    @Override
    public void fail(Findings findings, ProblemException failure) {
        tasks.update(id, findings);
        tasks.end(id, "failed", failure.detail());
    }
}
