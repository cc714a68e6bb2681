package dev.wharf.s3.list;

import dev.wharf.s3.wire.ListingPage;
import dev.wharf.store.KeyOrder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Decides which pages to ask a store for so that many can be asked for at one time, and that together they hold every
 * key once. All ranges list the same prefix, so what allows a walk allows all of it.
 *
 * <p>Who has nothing to do looks behind a guess for the rest of somebody's range. Only if the store finds something
 * there is the range split, at the first key that was found: so no page is fetched in vain, and a store that knows
 * nothing of {@code start-after} is found out before anything depends on it.
 *
 * <p>Knows nothing of threads; used under its walk's lock.
 */
final class KeyRanges {
    /**
     * A page to ask for.
     *
     * @param range whose page it is, or which is to be split
     * @param startAfter the key behind which to begin, or null
     * @param token where to go on, or null
     * @param aim what the page is for
     */
    public record Fetch(KeyRange range, String startAfter, String token, Aim aim) {}

    enum Aim {
        NEXT_PAGE,
        SPLIT,
        /** Was a seam that was not met deleted, or does the store contradict itself? */
        CHECK_SEAM
    }

    private final int prefixLength;
    private final boolean splittable;
    private final ListingFaults faults;
    /** To be gone on with, by whoever is free. */
    private final Deque<KeyRange> waiting = new ArrayDeque<>();
    /** All of which something is still to come. */
    private final List<KeyRange> open = new ArrayList<>();

    private boolean split;
    private boolean odd;
    private boolean givenUp;

    KeyRanges(String prefix, boolean splittable, ListingFaults faults) {
        this.prefixLength = prefix.length();
        this.splittable = splittable;
        this.faults = faults;
        var all = new KeyRange();
        open.add(all);
        waiting.add(all);
    }

    /** Whether every page has been accepted. */
    boolean isDone() {
        return open.isEmpty();
    }

    /** Whether the store has shown that it cannot be listed in several places at one time. */
    boolean isOdd() {
        return odd;
    }

    /** The most useful page to ask for, or null where there is nothing that is not under way. */
    Fetch next() {
        KeyRange range = waiting.poll();
        if (range != null) {
            return range.hasMissedSeam()
                    ? new Fetch(range, range.seamAfter(), null, Aim.CHECK_SEAM)
                    : new Fetch(range, null, range.token(), Aim.NEXT_PAGE);
        }
        while (splittable && !odd && !givenUp) {
            KeyRange longest = open.stream()
                    .filter(KeyRange::isSplittable)
                    .max(Comparator.comparingInt(KeyRange::pages))
                    .orElse(null);
            if (longest == null) {
                return null;
            }
            String guess = longest.probe(prefixLength);
            if (guess != null) {
                return new Fetch(longest, guess, null, Aim.SPLIT);
            }
        }
        return null;
    }

    /**
     * Takes a page that was asked for.
     *
     * @param order of the page's keys
     * @return what of it is to be handed out
     * @throws StoreException BROKEN where keys may have been left out, or would be handed out twice
     */
    List<ObjectInfo> accept(Fetch fetch, ListingPage page, PageOrder order) {
        return switch (fetch.aim) {
            case NEXT_PAGE -> acceptNext(fetch.range, page, order);
            case SPLIT -> acceptSplit(fetch, page, order);
            case CHECK_SEAM -> acceptCheck(fetch.range, page);
        };
    }

    /** A probe failed: from now on there are no more, and all goes on without. */
    void giveUpSplitting(Fetch probe) {
        probe.range.endProbe();
        givenUp = true;
    }

    private List<ObjectInfo> acceptNext(KeyRange range, ListingPage page, PageOrder order) {
        if (!order.continues(range.last())) {
            odd = true;
            if (split) {
                throw order.fault(range.last(), faults);
            }
        }
        List<ObjectInfo> objects = range.accept(page, faults);
        if (range.isEnded() && !range.hasMissedSeam()) {
            open.remove(range);
        } else {
            waiting.addFirst(range);
        }
        return objects;
    }

    private List<ObjectInfo> acceptSplit(Fetch fetch, ListingPage page, PageOrder order) {
        KeyRange range = fetch.range;
        String found = order.first();
        range.endProbe();
        odd |= !order.continues(fetch.startAfter);
        boolean passed = found != null && KeyOrder.KEYS.compare(found, range.last()) <= 0;
        if (odd || passed || range.isEnded()) {
            return List.of();
        }
        if (found == null || !range.covers(found)) {
            boolean known = found != null || page.nextToken() == null;
            range.probedInVain(known ? fetch.startAfter : null);
            return List.of();
        }
        split = true;
        KeyRange rest = range.split(found, fetch.startAfter);
        open.add(rest);
        return acceptNext(rest, page, order);
    }

    private List<ObjectInfo> acceptCheck(KeyRange range, ListingPage page) {
        if (!page.objects().isEmpty() && page.objects().get(0).key().equals(range.seam())) {
            odd = true;
            throw faults.disordered(range.seam(), range.last());
        }
        open.remove(range);
        return List.of();
    }
}
