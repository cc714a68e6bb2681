package dev.wharf.polling;

import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Place;
import java.util.List;

/** What becomes of the objects that a run has listed: they are recorded, wait, or are left out. */
final class Sighting {
    /** So many archived objects are looked at in a run, whether they have a copy that can be read by now. */
    private static final int ARCHIVED_LOOKED_AT = 1_000;

    private final Arrivals arrivals;
    private final RunTable runs;
    private final Polling run;

    Sighting(Arrivals arrivals, RunTable runs, Polling run) {
        this.arrivals = arrivals;
        this.runs = runs;
        this.run = run;
    }

    /** @param place where they lie */
    void see(Place place, List<ObjectInfo> data) {
        run.countData(data.size());
        for (ObjectInfo object : data) {
            see(place, object);
        }
    }

    private void see(Place place, ObjectInfo object) {
        if (object.key().indexOf('\0') >= 0) {
            run.leaveOut(
                    object.key(), "Its key holds a NUL character, which no dataset can keep: copy it to another key");
        } else if (run.writing().contains(QuietFolders.folderOf(object.key()))) {
            run.countWaiting();
        } else if (isArchived(place, object)) {
            run.leaveOut(object.key(), "It is archived; once it is restored, it is taken in");
        } else {
            run.batch().add(object);
            if (run.batch().size() == arrivals.batch()) {
                record();
            }
        }
    }

    /** Only AWS tells in listings of copies of archived objects. */
    private boolean isArchived(Place place, ObjectInfo object) {
        return object.archived()
                && (!run.mayLookAtArchived(ARCHIVED_LOOKED_AT)
                        || ObjectFinder.find(place.store(), place.bucket(), object.key())
                                .map(ObjectInfo::archived)
                                .orElse(true));
    }

    /** Records what is to be, with how far the run is. */
    void record() {
        Arrivals.Recorded recorded = arrivals.undisturbed(() -> {
            runs.keep(run);
            return arrivals.record(run.schedule().id(), run.id(), run.batch());
        });
        run.count(recorded);
        run.batch().clear();
    }
}
