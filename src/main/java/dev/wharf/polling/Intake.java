package dev.wharf.polling;

import dev.wharf.engine.file.SourceFormat;
import dev.wharf.store.KeyOrder;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a run makes a dataset of. A dataset is of one format: that of the schedule's first one, and there that of most
 * objects; others are left out, and so are those that are gone by now, or were replaced.
 */
final class Intake {
    /** So many objects are looked at once more, one by one; of more, the listing is believed. */
    private static final int LOOKED_AT = 1_000;

    private final Arrivals arrivals;
    private final Polling run;
    private final Place place;

    Intake(Arrivals arrivals, Polling run, Placed source) {
        this.arrivals = arrivals;
        this.run = run;
        this.place = source.place();
    }

    /** Leaves out for good what the schedule's own jobs have written: it would be read and written again, for ever. */
    void leaveOutOwnResults() {
        Supplier<List<Arrivals.Arrived>> pages = pages();
        for (List<Arrivals.Arrived> page = pages.get(); !page.isEmpty(); page = pages.get()) {
            List<Arrivals.Arrived> own = arrivals.ownResults(run.schedule().id(), place.bucket(), page);
            if (!own.isEmpty()) {
                arrivals.setAside(
                        run.id(), own.stream().map(Arrivals.Arrived::id).toList());
                own.forEach(each -> run.leaveOut(each.object().key(), "It is a result of this schedule's own job"));
            }
        }
    }

    /** Whether there is anything. */
    boolean choose() {
        Map<SourceFormat.Kind, Long> counts = new LinkedHashMap<>();
        boolean inOrder = true;
        String before = "";
        for (Iterator<Arrivals.Arrived> all = recorded(); all.hasNext(); ) {
            ObjectInfo object = all.next().object();
            counts.merge(kind(object), 1L, Long::sum);
            inOrder = inOrder && KeyOrder.KEYS.compare(before, object.key()) < 0;
            before = object.key();
        }
        run.inOrder(inOrder);
        if (counts.isEmpty()) {
            return false;
        }
        String known = run.schedule().sourceFormat();
        // Of several with as many, the first.
        run.format(
                known == null
                        ? Collections.max(counts.entrySet(), Map.Entry.comparingByValue())
                                .getKey()
                        : SourceFormat.Kind.valueOf(known));
        List<Long> leftOut = new ArrayList<>();
        if (counts.size() > 1 || !counts.containsKey(run.format())) {
            leaveOutOthers(leftOut);
        }
        long chosen = counts.getOrDefault(run.format(), 0L);
        // What others have told of may have gone long ago.
        if (chosen > 0 && (chosen <= LOOKED_AT || run.cause() == Cause.NOTIFICATION)) {
            run.present(present(leftOut));
            chosen = run.present().size();
        }
        arrivals.leaveOut(run.id(), leftOut);
        return chosen > 0;
    }

    private static SourceFormat.Kind kind(ObjectInfo object) {
        return SourceFormat.named(object.key()).kind();
    }

    private boolean isChosen(ObjectInfo object) {
        return kind(object) == run.format();
    }

    private void leaveOutOthers(List<Long> leftOut) {
        recorded().forEachRemaining(arrived -> {
            ObjectInfo object = arrived.object();
            if (!isChosen(object)) {
                leftOut.add(arrived.id());
                run.leaveOut(
                        object.key(),
                        "It is " + kind(object).title() + ", and the schedule imports "
                                + run.format().title() + ": a dataset is of one format");
            }
        });
    }

    private List<ObjectInfo> present(List<Long> leftOut) {
        List<ObjectInfo> present = new ArrayList<>();
        recorded().forEachRemaining(arrived -> {
            ObjectInfo object = arrived.object();
            if (isChosen(object)) {
                Optional<ObjectInfo> found = ObjectFinder.find(place.store(), place.bucket(), object.key());
                if (found.isPresent() && ObjectHash.of(found.get()).equals(ObjectHash.of(object))) {
                    present.add(found.get());
                } else {
                    leftOut.add(arrived.id());
                    run.leaveOut(
                            object.key(),
                            found.isEmpty()
                                    ? "It has gone since it was listed"
                                    : "It was replaced since it was listed; the next run sees what is there now");
                }
            }
        });
        present.sort(Comparator.comparing(ObjectInfo::key, KeyOrder.KEYS));
        return present;
    }

    Iterator<ObjectInfo> newObjects() {
        return run.present() != null ? run.present().iterator() : chosen(recordedObjects());
    }

    Iterator<ObjectInfo> listed(Iterator<ObjectInfo> listed) {
        return chosen(inPages(() -> {
            List<ObjectInfo> page = new ArrayList<>();
            while (page.isEmpty() && listed.hasNext()) {
                List<ObjectInfo> next = new ArrayList<>();
                while (next.size() < arrivals.batch() && listed.hasNext()) {
                    next.add(listed.next());
                }
                page.addAll(arrivals.recorded(run.schedule().id(), run.isSnapshot() ? null : run.id(), next));
            }
            return page;
        }));
    }

    private Iterator<ObjectInfo> chosen(Iterator<ObjectInfo> all) {
        return inPages(() -> {
            while (all.hasNext()) {
                ObjectInfo object = all.next();
                if (isChosen(object)) {
                    return List.of(object);
                }
            }
            return List.of();
        });
    }

    private Iterator<ObjectInfo> recordedObjects() {
        Iterator<Arrivals.Arrived> all = recorded();
        return inPages(() -> all.hasNext() ? List.of(all.next().object()) : List.of());
    }

    /** What the run has taken in, a page at a time. */
    private Iterator<Arrivals.Arrived> recorded() {
        return inPages(pages());
    }

    private Supplier<List<Arrivals.Arrived>> pages() {
        long[] last = {0};
        return () -> {
            List<Arrivals.Arrived> page = arrivals.ofRun(run.id(), last[0]);
            if (!page.isEmpty()) {
                last[0] = page.get(page.size() - 1).id();
            }
            return page;
        };
    }

    /** The elements of pages, up to an empty one. */
    private static <T> Iterator<T> inPages(Supplier<List<T>> pages) {
        return new Iterator<>() {
            private Iterator<T> page = Collections.emptyIterator();
            private boolean ended;

            @Override
            public boolean hasNext() {
                if (!page.hasNext() && !ended) {
                    List<T> next = pages.get();
                    ended = next.isEmpty();
                    page = next.iterator();
                }
                return page.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.next();
            }
        };
    }
}
