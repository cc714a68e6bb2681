package dev.wharf.polling;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin;
import dev.wharf.identity.login.Identities;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.polling.events.EventMessage;
import dev.wharf.polling.events.ObjectEvent;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.EventQueue;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import dev.wharf.store.QueueUrl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what queues of events tell of, in the steps of {@code notifications.camel.yaml}. An event says where to look; what
 * is there then is recorded as any listing would record it, so that messages may come twice, late and in any order.
 */
public final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    /** Objects often come several at a time: a run waits for so long for the rest. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private static final int PAGE = 100;

    private final Database database;
    private final ScheduleTable schedules;
    private final Arrivals arrivals;
    private final DueTimes dueTimes;
    private final Identities identities;
    private final StoreDirectory directory;
    private final Clock clock;

    public Notifications(
            Database database,
            ScheduleTable schedules,
            Arrivals arrivals,
            DueTimes dueTimes,
            Identities identities,
            StoreDirectory directory,
            Clock clock) {
        this.database = database;
        this.schedules = schedules;
        this.arrivals = arrivals;
        this.dueTimes = dueTimes;
        this.identities = identities;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Whether somebody may have the queues of a schedule read, as far as that can be told without asking them.
     *
     * @throws ProblemException 400 for an address to which no connection may lead; 404 for a connection that is not theirs to
     *     use; naming the field in any case
     */
    public void require(Caller caller, ScheduleRequest request) {
        ScheduleDocument.Notifications trigger = request.document().notifications();
        if (trigger == null) {
            return;
        }
        try {
            open(caller, trigger).close();
        } catch (ProblemException e) {
            String field = request.document().notificationsField();
            String detail = e.detail();
            throw new ProblemException(
                    e.problem(), field + (detail.startsWith("queueUrl ") ? "." : ".connectionId: ") + detail, e);
        }
    }

    private EventQueue open(Caller caller, ScheduleDocument.Notifications trigger) {
        return directory.queue(caller, trigger.connectionId(), QueueUrl.parse("queueUrl", trigger.queueUrl()));
    }

    /**
     * A queue that is to be read.
     *
     * @param queue null where it cannot be told at the moment which one it is
     * @param failure why that is so; else null
     */
    record Read(Schedule schedule, EventQueue queue, String failure) {
        long scheduleId() {
            return schedule.id();
        }
    }

    /** The queues that are to be read now, each for a schedule that is enabled. One that its owner may not have read any more pauses it. */
    List<Read> toBeRead() {
        List<Read> read = new ArrayList<>();
        long after = 0;
        for (var page = schedules.enabled(after, PAGE); !page.isEmpty(); page = schedules.enabled(after, PAGE)) {
            for (ScheduleTable.Listed listed : page) {
                after = listed.schedule().id();
                if (listed.schedule().document().notifications() != null) {
                    add(read, listed.schedule());
                }
            }
        }
        return read;
    }

    private void add(List<Read> read, Schedule schedule) {
        try {
            read.add(
                    new Read(schedule, open(owner(schedule), schedule.document().notifications()), null));
        } catch (ProblemException e) {
            if (e.problem().transientFailure()) {
                read.add(new Read(schedule, null, e.detail()));
                return;
            }
            LOG.info("Schedule {} is paused, since its queue may not be read: {}", schedule.id(), e.detail());
            schedules.pause(schedule.id(), "Its queue of notifications may not be read: " + e.detail());
        }
    }

    /** Shows in a schedule what keeps its queue from being read; null for nothing. */
    void tell(Schedule schedule, String failure) {
        schedules.queueFails(schedule, failure);
    }

    private Caller owner(Schedule schedule) {
        return identities
                .activeMember(schedule.membershipId())
                .map(member -> member.by(Origin.schedule(schedule.id())))
                .orElseThrow(() -> new ProblemException(
                        Problem.FORBIDDEN,
                        "The schedule's owner is no member of the workspace any more, or was disabled"));
    }

    /**
     * Those events of a message after which there may be something new to read.
     *
     * @throws dev.wharf.polling.events.UnreadableEventException for what is no event, which is left to the queue
     */
    public List<ObjectEvent> events(String body) {
        return EventMessage.read(body).stream()
                .filter(ObjectEvent::mayBringContent)
                .toList();
    }

    /** A message for a schedule. */
    public record Notified(Schedule schedule, Caller owner) {
        /** A body of {@code POST /v4/importedDatasets}. */
        public String source() {
            return Json.write(schedule.document().source().source());
        }
    }

    /**
     * The schedule that a message is for, and with whose rights it is looked at.
     *
     * @throws ProblemException if there is none any more, so that the message stays for whoever reads the queue next
     */
    public Notified begin(long scheduleId) {
        Schedule schedule = schedules
                .find(scheduleId)
                .filter(Schedule::enabled)
                .orElseThrow(() -> new ProblemException(
                        Problem.GONE,
                        "Schedule " + scheduleId + " is not enabled any more; the message stays in its queue"));
        return new Notified(schedule, owner(schedule));
    }

    /**
     * What is there now of the objects of some events: of what is in the source, and not gone by now.
     *
     * @param file what the source is, if it is one file
     */
    public List<ObjectInfo> find(Placed source, ObjectInfo file, List<ObjectEvent> events) {
        Place place = source.place();
        return events.stream()
                .filter(event -> event.bucket().equals(place.bucket()))
                .map(ObjectEvent::key)
                .filter(key -> file == null ? key.startsWith(place.key()) : key.equals(place.key()))
                .filter(key -> place.pattern() == null || place.pattern().matches(key))
                .filter(key -> key.indexOf('\0') < 0) // no dataset can keep it, and listings say so
                .distinct()
                .flatMap(key -> ObjectFinder.find(place.store(), place.bucket(), key).stream())
                .toList();
    }

    /** Records objects, each once; while folders are to be quiet first, the next listing does, and while one is archived nobody. */
    public void record(Notified notified, List<ObjectInfo> objects) {
        if (notified.schedule().document().source().quietSeconds() == null) {
            objects.stream()
                    .filter(object -> !object.archived())
                    .forEach(object -> arrivals.record(notified.schedule().id(), object));
        }
    }

    /** Makes the schedule due for what was recorded and was taken in by no run, whichever message told of it. */
    public void makeDue(Notified notified) {
        Schedule schedule = notified.schedule();
        Long quiet = schedule.document().source().quietSeconds();
        database.inTransaction(() -> {
            Instant now = clock.instant();
            if (quiet != null) {
                Instant settled = now.plusSeconds(quiet + 1);
                dueTimes.set(
                        schedule.id(),
                        schedule.document().next(now).filter(settled::isAfter).orElse(settled));
            } else if (schedules.wantForNotified(schedule.id())) {
                dueTimes.set(schedule.id(), now.plus(MOMENT));
            }
        });
    }
}
