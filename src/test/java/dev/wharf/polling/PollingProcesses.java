package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.datasets.DatasetFile;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.Manifests;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.login.Identities;
import dev.wharf.imports.ImportRequest;
import dev.wharf.imports.Importing;
import dev.wharf.imports.Imports;
import dev.wharf.imports.Refreshes;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobInput;
import dev.wharf.jobs.ReadPlace;
import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreException;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.SettableClock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The steps of {@code runSchedule} without their route, so that a process can end between any two of them, or go on when it
 * was thought dead.
 */
final class PollingProcesses {
    /** A process that has ended: nothing of it catches this. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super(null, null, false, false);
        }
    }

    /** What happens between two steps. */
    interface Between {
        void steps();
    }

    /** A store whose listings and answers fail when they are told to. */
    static final class FaultyStore extends MemoryStore {
        /** So many objects are handed out, or looked at, until one request fails; less than 0 for never. */
        int failAfter = -1;

        private boolean fails() {
            return failAfter >= 0 && failAfter-- == 0;
        }

        private static StoreException away() {
            return new StoreException(StoreException.Kind.UNAVAILABLE, "s3://bucket/in/: the store is away");
        }

        @Override
        public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
            List<ObjectInfo> now = super.walk(bucket, prefix, order).toList();
            return now.stream().peek(object -> {
                if (fails()) {
                    throw away();
                }
            });
        }

        @Override
        public ObjectInfo stat(String bucket, String key) {
            if (fails()) {
                throw away();
            }
            return super.stat(bucket, key);
        }
    }

    final FaultyStore store = new FaultyStore();
    /** What was listed to its end. */
    final Set<String> thereAtAPoll = new HashSet<>();

    final SettableClock clock = new SettableClock();
    final Arrivals arrivals;
    final ScheduleTable schedules;
    private final Database database;
    private final Imports imports;
    private final Refreshes refreshes;
    private final Executions executions;
    private final JobGroupTable jobs;
    private final DatasetTable datasets;
    private final Identities identities;
    final DueTimes dueTimes;

    PollingProcesses(Database database) {
        this.database = database;
        this.identities = new Identities(database, clock);
        identities.bootstrap();
        this.dueTimes = new DueTimes(database);
        this.schedules = new ScheduleTable(database, clock);
        this.arrivals = new Arrivals(database, schedules, clock, 3);
        this.executions = new Executions(database, clock);
        this.datasets = new DatasetTable(database);
        this.jobs = new JobGroupTable(database);
        var trail = new AuditTrail(database, clock);
        this.imports = new Imports(database, datasets, store, executions, trail, clock);
        this.refreshes = new Refreshes(database, datasets, imports, store, trail, clock);
    }

    private Caller caller() {
        return identities.byMembership(1).orElseThrow();
    }

    /** A schedule of the folder {@code in/}, which starts a job over each dataset. */
    long schedule(Map<String, Object> more) {
        return schedule(more, Map.of());
    }

    /** The same with more to the import and to the schedule as a whole. */
    long schedule(Map<String, Object> more, Map<String, Object> moreOfAll) {
        var task = new HashMap<String, Object>(Map.of("source", Map.of("uri", "s3://bucket/in/", "name", "d")));
        task.putAll(more);
        var body = new HashMap<String, Object>(Map.of(
                "name",
                "n",
                "pauseAfter",
                1000,
                "triggers",
                List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "* * * * *")))),
                "tasks",
                List.of(Map.of("importSource", task), Map.of("runJob", Map.of()))));
        body.putAll(moreOfAll);
        return schedules.insert(caller(), Json.body(Json.tree(body), ScheduleRequest.class));
    }

    /** What people ask of schedules. */
    Schedules service() {
        return new Schedules(database, schedules, dueTimes, executions, new AuditTrail(database, clock), clock);
    }

    /** As its owner does it. */
    void turn(long schedule, boolean enabled) {
        if (enabled) {
            service().enable(caller(), schedule);
        } else {
            service().disable(caller(), schedule);
        }
    }

    /** Another process, or the same one after its next start. */
    Polls process(String id) {
        return new Polls(database, schedules, arrivals, dueTimes, identities, ProcessId.of(id), clock);
    }

    /**
     * What {@code schedules.camel.yaml} does when a schedule is due, in its order.
     */
    void run(Polls polls, long schedule, Between between) {
        run(polls, schedule, clock.instant(), between);
    }

    /** The same for a time that may be over. */
    void run(Polls polls, long schedule, Instant due, Between between) {
        Polling run = polls.begin(schedule, due);
        if (run == null) {
            return;
        }
        Importing[] importing = {null};
        try {
            between.steps();
            polls.actAsOwner(run);
            if (run.isListing()) {
                record(polls, run, between);
            }
            if (run.isRegistering()) {
                register(polls, run, importing, between);
            }
            if (run.isStarting()) {
                start(polls, run, between);
            }
        } catch (Killed e) {
            throw e;
        } catch (Exception e) {
            if (importing[0] != null) {
                imports.discard(importing[0].manifestId());
            }
            polls.fail(run, e);
        }
    }

    private static ImportRequest source(Polling run) {
        return Json.body(Json.read(run.source(), JsonNode.class), ImportRequest.class);
    }

    private void record(Polls polls, Polling run, Between between) throws IOException {
        Importing source = imports.lookAt(run.owner(), source(run), run.began());
        between.steps();
        List<String> there = new ArrayList<>();
        for (Iterator<ObjectInfo> listed = walk(source); listed.hasNext(); ) {
            List<ObjectInfo> some = new ArrayList<>();
            while (some.size() < 2 && listed.hasNext()) {
                some.add(listed.next());
            }
            some.forEach(object -> there.add(object.key() + " " + object.etag()));
            polls.count(run, some);
            polls.see(run, source, imports.data(source, some));
            between.steps();
        }
        polls.listed(run);
        thereAtAPoll.addAll(there);
        between.steps();
    }

    private static Iterator<ObjectInfo> walk(Importing source) {
        return source.place()
                .store()
                .walk(source.place().bucket(), source.place().key())
                .iterator();
    }

    private void register(Polls polls, Polling run, Importing[] importing, Between between) throws IOException {
        if (run.leftManifest() != null) {
            imports.discard(run.leftManifest());
            between.steps();
            polls.lookAgain(run);
            between.steps();
        }
        Importing source = null;
        if (run.isRegistering()) {
            source = imports.lookAt(run.owner(), source(run), run.began());
            polls.choose(run, source);
            between.steps();
        }
        if (run.isRegistering()) {
            importing[0] = refreshes.refreshOrImport(run.owner(), source(run), run.refreshed(), run.began());
            between.steps();
            polls.making(run, importing[0].datasetId(), importing[0].manifestId());
            between.steps();
            Iterator<ObjectInfo> objects = run.isListingForDataset()
                    ? polls.listedObjects(run, source, walk(source))
                    : polls.newObjects(run, source);
            while (objects.hasNext()) {
                imports.add(importing[0], imports.data(importing[0], List.of(objects.next())));
            }
            between.steps();
            imports.complete(run.owner(), importing[0], null);
            between.steps();
            polls.registered(run);
            between.steps();
        }
    }

    private void start(Polls polls, Polling run, Between between) {
        try {
            long job = executions.once(1, 1, run.executionId(), run.jobRequest(), () -> jobs.insert(
                            run.owner(),
                            JobInput.of(datasets.of(run.datasetId())),
                            new ReadPlace(datasets.of(run.datasetId()).source(), false),
                            run.taken().manifestId(),
                            null,
                            "photon",
                            List.of(),
                            false,
                            clock.instant())
                    .group());
            between.steps();
            polls.started(run, job);
        } catch (Executions.AlreadyDone e) {
            polls.startedBefore(run);
        }
    }

    private <T> List<T> rows(String sql, Class<T> type) {
        return JdbcClient.create(database.dataSource()).sql(sql).query(type).list();
    }

    /** What is recorded, as {@code key etag}. */
    List<String> recorded(long schedule) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT object_key, etag FROM arrival WHERE schedule_id = " + schedule)
                .query((row, number) -> row.getString(1) + " " + row.getString(2))
                .list();
    }

    /** What was told of, message by message. */
    List<String> told(long schedule) {
        List<String> told = new ArrayList<>();
        rows("SELECT document FROM outbox_message WHERE topic = 'imports.arrived'", String.class)
                .forEach(text -> {
                    JsonNode document = Json.read(text, JsonNode.class);
                    if (document.path("scheduleId").asLong() == schedule) {
                        document.path("objects")
                                .forEach(object -> told.add(object.path("key").asText() + " "
                                        + object.path("etag").asText()));
                    }
                });
        return told;
    }

    /** The files of each manifest that a run has made and a job was started over. */
    List<List<String>> published(long schedule) {
        var manifests = new Manifests(database, clock);
        List<List<String>> published = new ArrayList<>();
        for (Long manifest : rows(
                "SELECT g.manifest_id FROM schedule_run r JOIN job_group g ON g.manifest_id = r.manifest_id"
                        + " WHERE r.schedule_id = " + schedule + " ORDER BY g.id",
                Long.class)) {
            List<String> files = new ArrayList<>();
            for (Iterator<DatasetFile> each = manifests.files(manifest); each.hasNext(); ) {
                DatasetFile file = each.next();
                files.add(file.key() + " " + file.etag());
            }
            published.add(files);
        }
        return published;
    }

    void assertNothingIsLeftOver(long schedule) {
        assertThat(rows(
                        "SELECT state FROM schedule_run WHERE state IN ('listing', 'registering', 'starting')"
                                + " AND schedule_id = " + schedule,
                        String.class))
                .isEmpty();
        assertThat(rows(
                        "SELECT r.id FROM schedule_run r WHERE r.manifest_id IS NOT NULL AND r.state = 'complete'"
                                + " AND r.job_group_id IS NULL AND r.schedule_id = " + schedule,
                        Long.class))
                .as("runs that made a dataset and know of no job")
                .isEmpty();
    }

    static ObjectInfo object(String key, String etag, Instant modified) {
        return new ObjectInfo(key, 4, etag, modified, "STANDARD", false, null);
    }

    void empty() {
        JdbcClient.create(database.dataSource())
                .sql("DELETE FROM outbox_message")
                .update();
        store.clear();
        store.failAfter = -1;
        thereAtAPoll.clear();
    }
}
