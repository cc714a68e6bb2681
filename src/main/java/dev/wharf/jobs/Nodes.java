package dev.wharf.jobs;

import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.sql.Database;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Shows that this node lives, and takes over what dead ones have left. Results of a run lie on the disk of its node, and
 * only that node publishes them; once it has been dead for {@link Claims#DEAD}, what needs its disk no more is finished
 * by any node, and what does is run again elsewhere. Should it come back, it finds that the job is another's.
 */
final class Nodes {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

    private final Database database;
    private final Claims claims;

    Nodes(Database database, Claims claims) {
        this.database = database;
        this.claims = claims;
    }

    /** Called several times within {@link Claims#DEAD}. */
    void show() {
        if (!show("jobs/seen")) {
            try {
                show("jobs/first-seen");
            } catch (DataIntegrityViolationException e) {
                if (!SqlStates.isUniqueViolation(e)) {
                    throw e;
                }
            }
        }
    }

    private boolean show(String statement) {
        return database.sql(statement)
                        .param("node", claims.process().node())
                        .param("now", claims.now())
                        .update()
                == 1;
    }

    private record Stranded(long jobId, long jobGroupId, String nodeId) {}

    /** Sees to the publications of dead nodes. */
    void takeOver() {
        List<Stranded> stranded = database.sql("jobs/stranded")
                .param("node", claims.process().node())
                .param("dead", claims.dead())
                .query((row, number) ->
                        new Stranded(row.getLong("id"), row.getLong("job_group_id"), row.getString("node_id")))
                .list();
        for (Stranded job : stranded) {
            if (change("jobs/finish-anywhere", job)) {
                LOG.info("Job group {} is finished without node {}, which is dead", job.jobGroupId(), job.nodeId());
            } else if (database.inTransaction(() -> runAgain(job))) {
                LOG.info(
                        "Job group {} is run again: its results lie on node {}, which is dead",
                        job.jobGroupId(),
                        job.nodeId());
            }
        }
    }

    private boolean change(String statement, Stranded job) {
        return database.sql(statement)
                        .param("job", job.jobId())
                        .param("deadNode", job.nodeId())
                        .param("dead", claims.dead())
                        .param("now", claims.now())
                        .update()
                == 1;
    }

    /** What is staged or visible by now stays so; the new results are for the rest. */
    private boolean runAgain(Stranded job) {
        boolean mine = change("jobs/await-run", job);
        if (mine) {
            database.sql("jobs/run-again")
                    .param("jobGroup", job.jobGroupId())
                    .param("now", claims.now())
                    .update();
        }
        return mine;
    }
}
