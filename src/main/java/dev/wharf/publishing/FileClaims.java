package dev.wharf.publishing;

import dev.wharf.jobs.Attempt;
import dev.wharf.jobs.Attempts;
import dev.wharf.jobs.Claims;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that of several nodes that share a job's files one stages each. As with jobs, a claim names the process, is
 * renewed while it is at work, and whose claim was not renewed for two minutes has lost it.
 */
final class FileClaims {
    private final Database database;
    private final Claims claims;

    /** What this process is at. */
    private final Set<Long> inWork = ConcurrentHashMap.newKeySet();

    FileClaims(Database database, Claims claims) {
        this.database = database;
        this.claims = claims;
    }

    /**
     * How far all are together.
     *
     * @param held whether the attempt stands
     * @param failure what its first file has failed with; null where none has
     * @param free of those that are pending, how many nobody is at
     */
    record Standing(boolean held, ProblemException failure, long pending, long free) {}

    /** As this process signs what it stages. */
    String claim(Attempt attempt) {
        return attempt.claimOf(claims.process().toString());
    }

    /**
     * Whether the file is this process's now, until {@link #end}.
     *
     * @param again whether whoever else has it, but for the node that has the job, is known to be gone
     */
    boolean take(Attempt attempt, long file, boolean again) {
        boolean taken = database.sql("publishing/claim-file")
                        .param("claim", claim(attempt))
                        .param("now", claims.now())
                        .param("file", file)
                        .param("jobGroup", attempt.jobGroupId())
                        .param("dead", claims.dead())
                        .param("again", again)
                        .param("holdersClaim", attempt.claimOf(attempt.process()))
                        .param("job", attempt.jobId())
                        .param("holder", attempt.process())
                        .param("attempt", attempt.number())
                        .update()
                == 1;
        if (taken) {
            inWork.add(file);
        }
        return taken;
    }

    /** Lets others have a file that has failed. */
    void release(Attempt attempt, long file) {
        database.sql("publishing/release-file")
                .param("file", file)
                .param("claim", claim(attempt))
                .update();
    }

    /** To be called when this process is at a file no more, however that has ended. */
    void end(long file) {
        inWork.remove(file);
    }

    /** Called several times within the time after which a claim is lost. */
    void renew() {
        Set<Long> files = Set.copyOf(inWork);
        if (!files.isEmpty()) {
            database.sql("publishing/renew-files")
                    .param("now", claims.now())
                    .param("files", files)
                    .param("process", claims.process().toString())
                    .update();
        }
    }

    /** Forgets what an earlier attempt has begun: who is at it yet will find that it is not theirs any more. */
    void clear(long jobGroupId) {
        database.sql("publishing/begin-again").param("jobGroup", jobGroupId).update();
    }

    /** How many pending files of a job every node can read. */
    long shareable(long jobGroupId) {
        return database.sql("publishing/count-shareable")
                .param("jobGroup", jobGroupId)
                .query(Long.class)
                .single();
    }

    /** A file of a job that is pending yet. */
    Optional<PendingFile> pending(long jobGroupId, long file) {
        return database.sql("publishing/pending-file")
                .param("file", file)
                .param("jobGroup", jobGroupId)
                .query(PendingFile.class)
                .optional();
    }

    Standing standing(Attempt attempt) {
        return database.sql("publishing/gather")
                .param("holder", attempt.process())
                .param("dead", claims.dead())
                .param("job", attempt.jobId())
                .query(FileClaims::standing)
                .single();
    }

    private static Standing standing(ResultSet row, int number) throws SQLException {
        String failure = row.getString("file_failure");
        return new Standing(
                row.getBoolean("held"),
                failure == null ? null : Attempts.failure(failure),
                row.getLong("pending"),
                row.getLong("free"));
    }
}
