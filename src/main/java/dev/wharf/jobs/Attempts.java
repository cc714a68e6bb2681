package dev.wharf.jobs;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.util.Optional;

/** What nodes that work at one publication know of each other: that they live, for which attempt, and that it has failed. */
public final class Attempts {
    private static final int LONGEST_REASON = 4000;

    private final Database database;
    private final Claims claims;
    private final PublicationTable jobs;

    public Attempts(Database database, Claims claims, PublicationTable jobs) {
        this.database = database;
        this.claims = claims;
        this.jobs = jobs;
    }

    /** What a file has failed with, as a row keeps it. */
    private record Failure(Problem problem, String detail) {}

    /** Whether there is another node that shows that it lives. */
    public boolean othersLive() {
        return database.sql("jobs/other-nodes")
                        .param("node", claims.process().node())
                        .param("dead", claims.dead())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The one that this process is making. */
    public Attempt current(Publication job) {
        int number = jobs.require(job.jobGroupId()).job().attempts();
        return new Attempt(job.jobId(), job.jobGroupId(), claims.process().toString(), number);
    }

    /** The job of an attempt; empty once that is over. */
    public Optional<Publication> job(long jobGroupId, int attempt) {
        return jobs.find(jobGroupId)
                .filter(row -> row.status().equals("InProgress") && row.job().attempts() == attempt)
                .map(PublicationTable.Row::job);
    }

    /**
     * Lets an attempt fail with what one of its files has failed with: no further file is begun. The first one counts.
     *
     * @return false if the attempt has failed or is over already, or the file is another process's by now
     */
    public boolean fail(Attempt attempt, long file, ProblemException failure) {
        String detail = failure.detail();
        String kept = detail.length() <= LONGEST_REASON ? detail : detail.substring(0, LONGEST_REASON - 1) + "…";
        return database.sql("jobs/file-failed")
                        .param("failure", Json.write(new Failure(failure.problem(), kept)))
                        .param("job", attempt.jobId())
                        .param("holder", attempt.process())
                        .param("attempt", attempt.number())
                        .param("file", file)
                        .param("claim", attempt.claimOf(claims.process().toString()))
                        .update()
                == 1;
    }

    /** What {@link #fail} has kept. */
    public static ProblemException failure(String kept) {
        var failure = Json.read(kept, Failure.class);
        return new ProblemException(failure.problem(), failure.detail());
    }
}
