package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** How a server lists: as AWS does, unless something else is said. Stores that are compatible are so in their own ways. */
public final class ListingHabits {
    private volatile boolean ignoringStartAfter;
    private volatile Comparator<String> order;
    private volatile Duration lateness = Duration.ZERO;
    private volatile Instant hiddenSince = Instant.MAX;

    ListingHabits() {}

    /** Lists from the beginning whatever {@code start-after} says. */
    public ListingHabits ignoreStartAfter() {
        ignoringStartAfter = true;
        return this;
    }

    /** Lists keys and folders in another order than that of their UTF-8 bytes: {@code start-after} follows it as well. */
    public ListingHabits order(Comparator<String> other) {
        order = other.thenComparing(StubBucket.BY_BYTES); // keys that it takes for the same are two
        return this;
    }

    /** Shows keys only so long after they were written. */
    public ListingHabits late(Duration time) {
        lateness = time;
        return this;
    }

    /** Shows no key that is written from now on. */
    public ListingHabits hideNew() {
        hiddenSince = Instant.now();
        return this;
    }

    /** Lists as AWS S3 does. */
    public void reset() {
        ignoringStartAfter = false;
        order = null;
        lateness = Duration.ZERO;
        hiddenSince = Instant.MAX;
    }

    Content page(StubRequest request, StubBucket bucket) {
        ListingRequest asked = ListingRequest.of(request, ignoringStartAfter);
        Instant shownUntil = lateness.isZero() ? Instant.MAX : Instant.now().minus(lateness);
        Instant since = hiddenSince;
        SortedCursor keys = bucket.keys(
                object -> object.written().isBefore(since) && object.written().isBefore(shownUntil));
        Comparator<String> other = order;
        if (other != null) {
            return ListingXml.page(asked, new OddCursor(asked, keys, other));
        }
        keys.seek(asked.from());
        return ListingXml.page(asked, keys);
    }
}
