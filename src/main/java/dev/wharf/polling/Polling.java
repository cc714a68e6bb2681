package dev.wharf.polling;

import dev.wharf.datasets.TakenFiles;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Json;
import dev.wharf.polling.ScheduleRunView.LeftOut;
import dev.wharf.store.ObjectInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run of a schedule under way. Used by one thread. */
public final class Polling {
    /** Of those that are left out, so many are named. */
    private static final int MAX_NAMED = 100;

    private final Schedule schedule;
    private final long id;
    private final String worker;
    private final Cause cause;
    private final Instant due;
    private final Instant began;
    private Caller owner;
    private RunState state;

    private final List<ObjectInfo> batch = new ArrayList<>();
    private final Set<String> writing = new HashSet<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private long listed;
    private long added;
    private long changed;
    private long waiting;
    private long ignored;
    private long leftOutCount;
    private int archivedLookedAt;

    private SourceFormat.Kind format;
    private List<ObjectInfo> present;
    private boolean inOrder;
    private Long datasetId;
    private Long manifestId;
    private Long jobGroupId;
    private String reason;

    Polling(Schedule schedule, long id, String worker, Cause cause, Instant due, Instant began, RunState state) {
        this.schedule = schedule;
        this.id = id;
        this.worker = worker;
        this.cause = cause;
        this.due = due;
        this.began = began;
        this.state = state;
    }

    // What the route asks.

    /** With whose rights it is done. */
    public Caller owner() {
        return owner;
    }

    /** Whether its source is to be listed. */
    public boolean isListing() {
        return state == RunState.LISTING;
    }

    /** Whether folders that are written to are to be left alone. */
    public boolean isQuiet() {
        return schedule.document().source().quietSeconds() != null;
    }

    /** Whether what was recorded is to become a dataset. */
    public boolean isRegistering() {
        return state == RunState.REGISTERING;
    }

    /**
     * Whether the source is listed for the dataset: where that has all that is there, and where the many objects that are new
     * were not recorded in the order of their keys.
     */
    public boolean isListingForDataset() {
        return isSnapshot() || present == null && !inOrder;
    }

    /** Whether a job is to be started. */
    public boolean isStarting() {
        return state == RunState.STARTING;
    }

    /** What is imported: a body of {@code POST /v4/importedDatasets}. */
    public String source() {
        return Json.write(schedule.document().source().source());
    }

    /**
     * The moment from which windows of time are counted in a source that varies: that of the first attempt, so that a run
     * which goes on past midnight, or is gone on with, means the same files throughout.
     */
    public Instant began() {
        return began;
    }

    /** The dataset whose files are to be replaced; null for a new one. */
    public Long refreshed() {
        return schedule.document().source().isRefresh() ? schedule.datasetId() : null;
    }

    /** The manifest that an earlier attempt has left unfinished; null for none. */
    public Long leftManifest() {
        return isRegistering() ? manifestId : null;
    }

    /** Under which the import, and then the job, are done once. */
    public String executionId() {
        return "schedule-" + schedule.id() + "-run-" + id;
    }

    /** A body of {@code POST /v4/jobGroups}. */
    public String jobRequest() {
        return schedule.document().job().body(datasetId);
    }

    /** The files that were taken in, which the job reads: also where the dataset has got others meanwhile. */
    public TakenFiles taken() {
        return new TakenFiles(manifestId, began);
    }

    // What the service knows.

    Schedule schedule() {
        return schedule;
    }

    long id() {
        return id;
    }

    String worker() {
        return worker;
    }

    Cause cause() {
        return cause;
    }

    /** Whether a dataset has all that is there, rather than what is new. */
    boolean isSnapshot() {
        return schedule.document().source().isSnapshot();
    }

    Instant due() {
        return due;
    }

    void actAs(Caller found) {
        owner = found;
    }

    RunState state() {
        return state;
    }

    void state(RunState next) {
        state = next;
    }

    List<ObjectInfo> batch() {
        return batch;
    }

    Set<String> writing() {
        return writing;
    }

    void countListed(int objects) {
        listed += objects;
        ignored += objects;
    }

    /** Of those that were listed, so many are data. */
    void countData(int objects) {
        ignored -= objects;
    }

    void countWaiting() {
        waiting++;
    }

    /** Whether another archived object may be looked at. */
    boolean mayLookAtArchived(int most) {
        return archivedLookedAt++ < most;
    }

    void count(Arrivals.Recorded recorded) {
        added += recorded.added();
        changed += recorded.changed();
    }

    void leaveOut(String key, String why) {
        leftOutCount++;
        if (leftOut.size() < MAX_NAMED) {
            leftOut.add(new LeftOut(key.replace('\0', '\u2400'), why));
        }
    }

    /** What listing begins with: also where it is done again. */
    void beginListing() {
        listed = 0;
        waiting = 0;
        ignored = 0;
        leftOutCount = 0;
        leftOut.clear();
    }

    void counted(Map<String, Long> counts, List<LeftOut> known) {
        listed = counts.get("listed");
        added = counts.get("new");
        changed = counts.get("changed");
        waiting = counts.get("waiting");
        ignored = counts.get("ignored");
        leftOutCount = counts.get("left_out");
        leftOut.addAll(known);
    }

    Map<String, Object> counts() {
        Map<String, Object> counts = new HashMap<>();
        counts.put("listed", listed);
        counts.put("added", added);
        counts.put("changed", changed);
        counts.put("waiting", waiting);
        counts.put("ignored", ignored);
        counts.put("leftOutCount", leftOutCount);
        counts.put("leftOut", Json.write(leftOut));
        return counts;
    }

    /** Whether it has recorded something. */
    boolean hasNew() {
        return added + changed > 0;
    }

    long waiting() {
        return waiting;
    }

    long leftOutCount() {
        return leftOutCount;
    }

    SourceFormat.Kind format() {
        return format;
    }

    void format(SourceFormat.Kind chosen) {
        format = chosen;
    }

    /** The objects to be taken in, where they are so few that they were looked at; else null. */
    List<ObjectInfo> present() {
        return present;
    }

    void present(List<ObjectInfo> found) {
        present = found;
    }

    /** Whether what was recorded is in the order of keys. */
    void inOrder(boolean found) {
        inOrder = found;
    }

    Long datasetId() {
        return datasetId;
    }

    Long manifestId() {
        return manifestId;
    }

    void makes(Long dataset, Long manifest) {
        datasetId = dataset;
        manifestId = manifest;
    }

    Long jobGroupId() {
        return jobGroupId;
    }

    void jobGroupId(Long started) {
        jobGroupId = started;
    }

    String reason() {
        return reason;
    }

    void reason(String why) {
        reason = why;
    }
}
