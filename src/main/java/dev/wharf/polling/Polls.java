package dev.wharf.polling;

import dev.wharf.engine.structure.OddFilesException;
import dev.wharf.identity.Origin;
import dev.wharf.identity.login.Identities;
import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Placed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a run of a schedule, in the order of {@code schedules.camel.yaml}. Each leaves a row from which another
 * attempt goes on, so that a process may end between any two of them: what was seen is taken in by one run, and a run makes
 * one dataset and one job.
 */
public final class Polls {
    private static final Logger LOG = LoggerFactory.getLogger(Polls.class);

    /** A time that was due so long ago was missed: no process was there. */
    private static final Duration MISSED = Duration.ofMinutes(1);

    /** Every so manieth run forgets old ones. */
    private static final int FORGETS = 100;

    private final Database database;
    private final ScheduleTable schedules;
    private final RunTable runs;
    private final Pauses pauses;
    private final Arrivals arrivals;
    private final DueTimes dueTimes;
    private final Identities identities;
    private final ProcessId process;
    private final Clock clock;

    public Polls(
            Database database,
            ScheduleTable schedules,
            Arrivals arrivals,
            DueTimes dueTimes,
            Identities identities,
            ProcessId process,
            Clock clock) {
        this.database = database;
        this.schedules = schedules;
        this.runs = new RunTable(database, clock);
        this.pauses = new Pauses(schedules, new FailedJobs(database));
        this.arrivals = arrivals;
        this.dueTimes = dueTimes;
        this.identities = identities;
        this.process = process;
        this.clock = clock;
    }

    /**
     * Begins the run of a schedule that is due, or goes on with one that was left unfinished; then the schedule runs once
     * more afterwards. A schedule whose jobs fail time after time is paused instead, unless somebody asks for the run.
     *
     * @param due when it was to run
     * @return null where there is nothing to do
     */
    public Polling begin(long scheduleId, Instant due) {
        Schedule schedule = schedules.find(scheduleId).orElse(null);
        if (schedule == null || !schedule.enabled() && schedule.wanted() == null) {
            return null;
        }
        String worker = process + ":" + UUID.randomUUID().toString().substring(0, 8);
        return database.inTransaction(
                () -> runs.takeOver(schedule, worker).map(this::goOn).orElseGet(() -> start(schedule, worker, due)));
    }

    private Polling goOn(Polling run) {
        if (run.isListing()) {
            arrivals.release(run.id()); // what is still there is seen again
            run.beginListing();
        } else {
            schedules.want(run.schedule().id(), Cause.SCHEDULE);
        }
        if (run.isRegistering() && run.manifestId() != null && runs.isReady(run.manifestId())) {
            completeDataset(run);
        }
        return run;
    }

    private Polling start(Schedule schedule, String worker, Instant due) {
        Instant now = clock.instant();
        if (!Cause.REQUEST.value().equals(schedule.wanted()) && pauses.forJobs(schedule)) {
            return null;
        }
        if (schedule.wanted() == null) {
            if (schedule.document().missed().equals(ScheduleDocument.SKIP) && due.isBefore(now.minus(MISSED))) {
                runs.insertSkipped(schedule, due, "No process was there at the time, which is not to be caught up");
                return null;
            }
            return runs.insert(schedule, worker, Cause.SCHEDULE, due, RunState.LISTING);
        }
        Cause cause = Cause.of(schedule.wanted());
        schedules.takeWanted(schedule.id(), cause);
        if (cause == Cause.NOTIFICATION && isListingDue(schedule, now)) {
            return runs.insert(schedule, worker, Cause.SCHEDULE, due, RunState.LISTING);
        }
        if (cause != Cause.NOTIFICATION) {
            return runs.insert(schedule, worker, cause, due, RunState.LISTING);
        }
        Polling run = runs.insert(schedule, worker, cause, due, RunState.REGISTERING);
        run.count(arrivals.takeAll(schedule.id(), run.id()));
        runs.keep(run);
        return run;
    }

    /** Whether the schedule's own time has come meanwhile, which notifications must not put off. */
    private boolean isListingDue(Schedule schedule, Instant now) {
        Instant last = runs.lastListing(schedule.id());
        Instant since = last == null || last.isBefore(schedule.updatedAt()) ? schedule.updatedAt() : last;
        return schedule.document().next(since).filter(at -> !at.isAfter(now)).isPresent();
    }

    /**
     * Finds the person with whose rights all is done, as they are now.
     *
     * @throws ProblemException 403 if they are no member any more
     */
    public void actAsOwner(Polling run) {
        Schedule schedule = run.schedule();
        run.actAs(identities
                .activeMember(schedule.membershipId())
                .map(member -> member.by(Origin.schedule(schedule.id())))
                .orElseThrow(() -> new ProblemException(
                        Problem.FORBIDDEN,
                        "The schedule's owner is no member of the workspace any more, or was disabled")));
    }

    /** Looks which folders are being written to: those with an object that is younger than the schedule wants. */
    public void lookForWriting(Polling run, Iterator<ObjectInfo> objects) {
        new QuietFolders(run.schedule().document().source().quietSeconds(), clock.instant())
                .look(objects)
                .addTo(run.writing());
    }

    /** Counts what was listed; what of it is no data is not seen. */
    public void count(Polling run, List<ObjectInfo> listed) {
        run.countListed(listed.size());
    }

    /** Records objects, but for those against which something speaks: that is told in the run, and keeps no other. */
    public void see(Polling run, Placed source, List<ObjectInfo> data) {
        new Sighting(arrivals, runs, run).see(source.place(), data);
    }

    /** All that is there was seen. */
    public void listed(Polling run) {
        new Sighting(arrivals, runs, run).record();
        run.state(RunState.REGISTERING);
        runs.keep(run);
    }

    /**
     * To be called where an earlier attempt had begun a dataset, once what is unfinished of it was removed: it may have been
     * finished at the last moment.
     */
    public void lookAgain(Polling run) {
        if (runs.isReady(run.manifestId())) {
            completeDataset(run);
        } else {
            runs.makes(run, null, null);
        }
    }

    /** Chooses what becomes the dataset; where nothing does, the run is over. */
    public void choose(Polling run, Placed source) {
        var intake = new Intake(arrivals, run, source);
        database.inTransaction(() -> {
            intake.leaveOutOwnResults();
            runs.keep(run);
        });
        if (!intake.choose()) {
            run.reason(nothing(run));
            end(run);
        }
    }

    private static String nothing(Polling run) {
        StringBuilder text = new StringBuilder(run.hasNew() ? "Nothing of what is new was taken in" : "Nothing new");
        if (run.waiting() > 0) {
            text.append("; ")
                    .append(run.waiting())
                    .append(
                            run.waiting() == 1
                                    ? " object waits until nothing was written to its folder for "
                                    : " objects wait until nothing was written to their folders for ")
                    .append(run.schedule().document().source().quietSeconds())
                    .append(" s");
        }
        if (run.leftOutCount() > 0) {
            text.append("; ")
                    .append(run.leftOutCount())
                    .append(run.leftOutCount() == 1 ? " object was left out" : " objects were left out")
                    .append(": see leftOut");
        }
        return text.toString();
    }

    /** What was chosen of the new objects, in the order of their keys. */
    public Iterator<ObjectInfo> newObjects(Polling run, Placed source) {
        return new Intake(arrivals, run, source).newObjects();
    }

    /**
     * What was chosen of the objects that are there: those that were recorded in this version, by this run or, for a snapshot,
     * by any.
     */
    public Iterator<ObjectInfo> listedObjects(Polling run, Placed source, Iterator<ObjectInfo> listed) {
        return new Intake(arrivals, run, source).listed(listed);
    }

    /** Notes which dataset is being made, before it is seen by anybody. */
    public void making(Polling run, long datasetId, long manifestId) {
        runs.makes(run, datasetId, manifestId);
    }

    /**
     * Leaves objects out for good that would keep the others from being a dataset; the run then chooses once more.
     *
     * @throws OddFilesException where that is no use: there are too many to be named, or none of them is this run's
     * @throws ProblemException where nothing was ever read as the schedule says, and nothing of this can be
     */
    public void leaveOutOdd(Polling run, OddFilesException odd) {
        refuseSettings(run, odd);
        List<Long> ids = odd.isComplete() ? arrivals.idsOf(run.id(), odd.files().keySet()) : List.of();
        if (ids.isEmpty()) {
            throw odd;
        }
        arrivals.undisturbed(() -> {
            arrivals.setAside(run.id(), ids);
            odd.files().forEach(run::leaveOut);
            run.present(null);
            runs.makes(run, null, null);
            runs.keep(run);
            return null;
        });
    }

    /** What has been read as the schedule says shows that it is the files that are wrong: else it may be the schedule. */
    private static void refuseSettings(Polling run, OddFilesException odd) {
        List<String> said = run.schedule().document().source().saidOfReading();
        if (odd.isAll() && !said.isEmpty() && run.schedule().sourceFormat() == null) {
            throw new ProblemException(
                    odd.problem(),
                    "No file can be read as tasks[0].importSource.source says (" + String.join(", ", said)
                            + "). Correct that, or the files; the next run takes them in. " + odd.detail(),
                    odd);
        }
    }

    /** The dataset is there. */
    public void registered(Polling run) {
        database.inTransaction(() -> completeDataset(run));
    }

    private void completeDataset(Polling run) {
        schedules.forgetFailures(
                run.schedule().id(), run.format() == null ? null : run.format().name());
        if (run.schedule().document().source().isRefresh()) {
            schedules.keepDataset(run.schedule().id(), run.datasetId());
        }
        run.state(run.schedule().document().job() == null ? RunState.COMPLETE : RunState.STARTING);
        runs.keep(run);
    }

    /** The job over the dataset is recorded, and runs by itself. */
    public void started(Polling run, long jobGroupId) {
        run.jobGroupId(jobGroupId);
        run.reason(null);
        end(run);
    }

    /** An earlier attempt has started the job. */
    public void startedBefore(Polling run) {
        run.jobGroupId(runs.jobOf(run));
        end(run);
    }

    private void end(Polling run) {
        run.state(RunState.COMPLETE);
        database.inTransaction(() -> {
            schedules.forgetFailures(run.schedule().id(), null);
            runs.keep(run);
            if (run.id() % FORGETS == 0) {
                runs.forgetOld(run.schedule().id());
            }
        });
    }

    /**
     * Ends a run that has failed. What it had taken in is left to the next one, unless there is a dataset of it by now: then
     * its job is tried again as long as that may help. Whoever may not use the source or the target any more has the
     * schedule paused at once, and else so many failures in a row have.
     */
    public void fail(Polling run, Throwable failure) {
        if (!runs.isOwn(run)) {
            LOG.info(
                    "Schedule {} was taken over by another process",
                    run.schedule().id());
            return;
        }
        ProblemException problem = Problems.of(failure);
        LOG.info("Schedule {} has failed: {}", run.schedule().id(), problem.detail());
        database.inTransaction(() -> {
            boolean refused = Pauses.isRefusal(problem);
            run.reason(problem.detail());
            if (run.isRegistering() && run.manifestId() != null && runs.isReady(run.manifestId())) {
                completeDataset(run);
            } else if (!run.isStarting()) {
                arrivals.release(run.id());
                run.makes(null, null); // it is removed again, or keeps the files that it had
                run.state(RunState.FAILED);
                runs.keep(run);
            } else {
                boolean again = refused || problem.problem().transientFailure();
                run.state(again ? RunState.STARTING : RunState.FAILED);
                runs.keep(run);
            }
            pauses.afterFailure(run.schedule(), problem);
        });
    }

    /**
     * When a schedule is due after a run.
     *
     * @param due when that run was
     * @return empty where it is not
     */
    public Optional<Instant> next(long scheduleId, Instant due) {
        Instant now = clock.instant();
        return schedules.find(scheduleId).flatMap(schedule -> schedule.due(now, due.isAfter(now) ? due : now));
    }

    /**
     * Sets due times right: of schedules that somebody wants to run at once and that were running then, and of those whose
     * time is further off than it should be, as after a clock has jumped. What comes due, runs or ends meanwhile keeps the
     * time that it says itself.
     */
    public void setDueTimesRight() {
        Instant now = clock.instant();
        schedules.wanted().forEach(id -> dueTimes.set(id, now));
        long after = 0;
        for (List<ScheduleTable.Listed> page = schedules.enabled(after, 100);
                !page.isEmpty();
                page = schedules.enabled(after, 100)) {
            page.forEach(each -> setRight(each, now));
            after = page.get(page.size() - 1).schedule().id();
        }
    }

    private void setRight(ScheduleTable.Listed listed, Instant now) {
        Schedule schedule = listed.schedule();
        if (listed.nextRunAt() == null) {
            schedule.document().next(now).ifPresent(at -> dueTimes.add(schedule.id(), at));
            return;
        }
        // The clocks of nodes may differ by a moment.
        schedule.document()
                .next(now.plus(MISSED))
                .filter(listed.nextRunAt()::isAfter)
                .ifPresent(at -> schedules.bringForward(schedule.id(), at));
    }
}
