package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.jobs.PublicationTable;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.publishing.ResultFile.State;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What becomes of a job before its results are visible, and of one that failed when some of them may have been: its owner
 * says.
 */
final class Continuations {
    private static final int NAMED = 100;

    private final Database database;
    private final PublicationTable jobs;
    private final ResultFiles files;
    private final AuditTrail trail;

    Continuations(Database database, PublicationTable jobs, ResultFiles files, AuditTrail trail) {
        this.database = database;
        this.jobs = jobs;
        this.files = files;
        this.trail = trail;
    }

    /** What is visible of a job and what is not, and what its owner can do. */
    String state(long jobGroupId) {
        String job = "/v4/jobGroups/" + jobGroupId;
        return summary(jobGroupId) + " PUT " + job + "/publish goes on where it stopped; POST " + job
                + "/withdraw gives up what is not visible";
    }

    private String summary(long jobGroupId) {
        List<ResultFile> all = files.of(jobGroupId);
        return named(
                        "Visible",
                        all.stream().filter(file -> file.is(State.PUBLISHED)).toList(),
                        all.size())
                + named(
                        "Not visible",
                        all.stream().filter(file -> !file.is(State.PUBLISHED)).toList(),
                        all.size());
    }

    private static String named(String title, List<ResultFile> some, int all) {
        String names =
                some.stream().limit(NAMED).map(file -> file.target().location()).collect(Collectors.joining(", "));
        int more = some.size() - NAMED;
        return title + " (" + some.size() + " of " + all + "): " + (some.isEmpty() ? "none" : names)
                + (more > 0 ? " and " + more + " more" : "") + ". ";
    }

    void goOn(Caller caller, long jobGroupId) {
        trail.attempt(
                caller,
                AuditedAction.of("publishJobGroup"),
                () -> database.inTransaction(() -> {
                    require(caller, jobGroupId);
                    if (!jobs.goOn(jobGroupId)) {
                        throw refused(jobGroupId);
                    }
                    trail.record(caller, AuditedAction.of("publishJobGroup"), "jobGroup/" + jobGroupId);
                }));
    }

    void withdraw(Caller caller, long jobGroupId) {
        trail.attempt(
                caller,
                AuditedAction.of("withdrawJobGroup"),
                () -> database.inTransaction(() -> {
                    require(caller, jobGroupId);
                    if (!jobs.cancel(
                            jobGroupId,
                            "Withdrawn by " + caller.email() + ". "
                                    + summary(jobGroupId).strip())) {
                        throw refused(jobGroupId);
                    }
                    trail.record(caller, AuditedAction.of("withdrawJobGroup"), "jobGroup/" + jobGroupId);
                }));
    }

    /** Canceling twice does nothing twice. */
    void cancel(Caller caller, long jobGroupId) {
        AuditedAction action = AuditedAction.of("cancelJobGroup");
        trail.attempt(
                caller,
                action,
                () -> database.inTransaction(() -> {
                    require(caller, jobGroupId);
                    if (jobs.cancelUndecided(jobGroupId, "Canceled by " + caller.email())) {
                        trail.record(caller, action, "jobGroup/" + jobGroupId);
                        return;
                    }
                    String status = jobs.require(jobGroupId).groupStatus();
                    if (!status.equals("Canceled")) {
                        throw tooLate(jobGroupId, status);
                    }
                }));
    }

    private static ProblemException tooLate(long jobGroupId, String status) {
        return new ProblemException(
                Problem.CONFLICT,
                "Job group " + jobGroupId + " is " + status + ". "
                        + (!status.equals("InProgress")
                                ? "Only a job that is not over can be canceled"
                                : "Its results are becoming visible, and it goes on to its end; should it fail, POST"
                                        + " /v4/jobGroups/" + jobGroupId + "/withdraw gives up what is not visible"));
    }

    /** @throws ProblemException 404 if the caller has no such job */
    void require(Caller caller, long jobGroupId) {
        if (!jobs.isOf(caller, jobGroupId)) {
            throw Ids.notFound("job group", jobGroupId);
        }
    }

    private ProblemException refused(long jobGroupId) {
        String status = jobs.require(jobGroupId).status();
        return new ProblemException(
                Problem.CONFLICT,
                "The publication of job group " + jobGroupId + " is " + status
                        + ". Only one that failed when its results"
                        + " became visible can go on or be withdrawn; of what fails before, nothing is left, and"
                        + " POST /v4/jobGroups starts anew. Results of a complete job go to another place as well where"
                        + " PUT /v4/jobGroups/" + jobGroupId + "/publish is sent a path");
    }
}
