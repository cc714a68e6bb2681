package dev.wharf.s3.list;

import dev.wharf.store.KeyOrder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreException;
import java.util.List;

/** How the keys of a page follow each other. Found out by who fetched the page, as it takes a look at every key. */
final class PageOrder {
    private final String first;
    private final String earlier;
    private final String later;

    private PageOrder(String first, String earlier, String later) {
        this.first = first;
        this.earlier = earlier;
        this.later = later;
    }

    static PageOrder of(List<ObjectInfo> objects) {
        String previous = null;
        for (ObjectInfo object : objects) {
            if (previous != null && KeyOrder.KEYS.compare(previous, object.key()) >= 0) {
                return new PageOrder(objects.get(0).key(), previous, object.key());
            }
            previous = object.key();
        }
        return new PageOrder(objects.isEmpty() ? null : objects.get(0).key(), null, null);
    }

    /** The first key, or null. */
    String first() {
        return first;
    }

    /** Whether each key is greater than the one before it, beginning with this one, which may be null. */
    boolean continues(String last) {
        return later == null && (first == null || last == null || KeyOrder.KEYS.compare(last, first) < 0);
    }

    /** Of a page that does not. */
    StoreException fault(String last, ListingFaults faults) {
        return later == null ? faults.disordered(last, first) : faults.disordered(earlier, later);
    }
}
