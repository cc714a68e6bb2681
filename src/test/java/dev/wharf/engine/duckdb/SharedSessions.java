package dev.wharf.engine.duckdb;

import dev.wharf.engine.file.EngineSettings;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Lets many pieces of work have a session after each other, where a new one for each would take most of the time. */
public final class SharedSessions extends DuckDbRunner {
    private final Path folder;
    private final EngineSettings settings;
    private final Queue<DuckDbSession> free = new ConcurrentLinkedQueue<>();

    /** @param folder in which the folders of all work lie */
    public SharedSessions(Path folder, EngineSettings settings) {
        super(settings, "work", Problem.INTERNAL);
        this.folder = folder;
        this.settings = settings;
    }

    @Override
    public <T> T run(Path own, Work<T> work) {
        DuckDbSession session = free.poll();
        try {
            session = session == null ? new DuckDbSession(folder, settings) : session;
            return work.in(session);
        } catch (SQLException | IOException failure) {
            throw new ProblemException(Problem.INTERNAL, "The running environment failed.", failure);
        } finally {
            if (isSound(session)) {
                free.add(session);
            }
        }
    }

    /** After some failures DuckDB refuses everything. */
    private static boolean isSound(DuckDbSession session) {
        try {
            return session.query("SELECT 1").size() == 1;
        } catch (SQLException unusable) {
            closed(session);
            return false;
        }
    }

    private static void closed(DuckDbSession session) {
        try {
            session.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public void close() {
        free.forEach(SharedSessions::closed);
    }
}
