package dev.wharf.s3;

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
    record Fetch(KeyRange range, String startAfter, String token, Aim aim) {}

    enum Aim {
        NEXT_PAGE,
        SPLIT,
        /** Only the first key: was a seam that was not met deleted, or does the store contradict itself? */
        CHECK_SEAM
    }

    private final int prefixLength;
    private final ListingFaults faults;
    /** To be gone on with, by whoever is free. */
    private final Deque<KeyRange> waiting = new ArrayDeque<>();
    /** All that have not ended. */
    private final List<KeyRange> open = new ArrayList<>();

    private boolean splittable;
    private boolean split;
    private boolean odd;

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
            return range.unmet
                    ? new Fetch(range, range.seamAfter, null, Aim.CHECK_SEAM)
                    : new Fetch(range, null, range.token, Aim.NEXT_PAGE);
        }
        if (!splittable || odd) {
            return null;
        }
        while (true) {
            KeyRange longest = open.stream()
                    .filter(KeyRange::isSplittable)
                    .max(Comparator.comparingInt(KeyRange::pages))
                    .orElse(null);
            if (longest == null) {
                return null;
            }
            String guess = longest.splitPoint(prefixLength);
            if (guess != null) {
                longest.probed = true;
                return new Fetch(longest, guess, null, Aim.SPLIT);
            }
        }
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

    /** A probe failed: the range is read as it would be without it. */
    void refuse(Fetch probe) {
        probe.range.probed = false;
        splittable = false;
    }

    private List<ObjectInfo> acceptNext(KeyRange range, ListingPage page, PageOrder order) {
        if (!order.continues(range.last)) {
            odd = true;
            if (split) {
                throw order.fault(range.last, faults);
            }
        }
        range.advance(page, faults);
        List<ObjectInfo> objects = page.objects();
        int count = range.seam == null ? objects.size() : before(range.seam, objects);
        if (range.seam != null && (range.ended || count < objects.size())) {
            range.ended = true;
            range.unmet = count == objects.size() || !objects.get(count).key().equals(range.seam);
        }
        if (range.unmet || !range.ended) {
            waiting.addFirst(range);
        } else {
            open.remove(range);
        }
        return objects.subList(0, count);
    }

    private List<ObjectInfo> acceptSplit(Fetch fetch, ListingPage page, PageOrder order) {
        KeyRange range = fetch.range;
        range.probed = false;
        String found = order.first();
        odd |= !order.continues(fetch.startAfter);
        if (odd || range.ended || found != null && KeyOrder.KEYS.compare(found, range.last) <= 0) {
            return List.of();
        }
        boolean behind = found != null && (range.seam == null || KeyOrder.KEYS.compare(found, range.seam) < 0);
        if (!behind) {
            if (found != null || page.nextToken() == null) {
                range.ceiling = fetch.startAfter;
            }
            range.probedInVain();
            return List.of();
        }
        split = true;
        KeyRange rest = range.split(found, fetch.startAfter);
        open.add(rest);
        return acceptNext(rest, page, order);
    }

    private List<ObjectInfo> acceptCheck(KeyRange range, ListingPage page) {
        if (!page.objects().isEmpty() && page.objects().get(0).key().equals(range.seam)) {
            odd = true;
            throw faults.disordered(range.seam, range.last);
        }
        open.remove(range);
        return List.of();
    }

    /** How many objects come before a key; their order has been checked. */
    private static int before(String key, List<ObjectInfo> objects) {
        int low = 0;
        int high = objects.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (KeyOrder.KEYS.compare(objects.get(middle).key(), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
