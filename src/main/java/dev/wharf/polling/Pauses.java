package dev.wharf.polling;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.StoreException;

/** When the service itself disables a schedule, which then shows why. */
final class Pauses {
    private final ScheduleTable schedules;
    private final FailedJobs jobs;

    Pauses(ScheduleTable schedules, FailedJobs jobs) {
        this.schedules = schedules;
        this.jobs = jobs;
    }

    /** Pauses a schedule whose last jobs have failed too often; whether that was so. */
    boolean forJobs(Schedule schedule) {
        var reason = jobs.tooMany(schedule);
        reason.ifPresent(why -> schedules.pause(schedule.id(), why));
        return reason.isPresent();
    }

    /**
     * Counts a run that has failed. Its schedule is paused at once where only somebody's change here can help, and else after
     * enough in a row.
     */
    void afterFailure(Schedule schedule, ProblemException problem) {
        schedules.countFailure(schedule.id());
        int failures = schedules.find(schedule.id()).map(Schedule::failures).orElse(0);
        if (isRefusal(problem)) {
            schedules.pause(schedule.id(), problem.detail());
        } else if (failures >= schedule.document().pauseAfter()) {
            schedules.pause(schedule.id(), failures + " runs in a row have failed, the last one: " + problem.detail());
        }
    }

    /** Not the store's, which may be mended there: ours, which stays until somebody changes it here. */
    static boolean isRefusal(ProblemException problem) {
        return !(problem instanceof StoreException)
                && (problem.problem() == Problem.FORBIDDEN || problem.problem() == Problem.NOT_FOUND);
    }
}
