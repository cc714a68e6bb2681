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
 * <p>Where the keys are to come in their order, what is listed ahead is kept until all before it has been read, and who has
 * nothing to do looks for it where the reader will be soonest.
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
    private final boolean inOrder;
    private final ListingFaults faults;
    /** To be gone on with, by whoever is free. */
    private final Deque<KeyRange> waiting = new ArrayDeque<>();
    /** All of which something is still to come, in the order of keys. */
    private final List<KeyRange> open = new ArrayList<>();
    /** All of which something is still to be read, in the order of keys. */
    private final List<KeyRange> unread = new ArrayList<>();
    /** Pages that nobody has read yet, where their order does not matter. */
    private final Deque<List<ObjectInfo>> ready = new ArrayDeque<>();

    private boolean split;
    private boolean odd;
    private boolean givenUp;

    KeyRanges(String prefix, boolean splittable, boolean inOrder, ListingFaults faults) {
        this.prefixLength = prefix.length();
        this.splittable = splittable;
        this.inOrder = inOrder;
        this.faults = faults;
        var all = new KeyRange();
        open.add(all);
        unread.add(all);
        waiting.add(all);
    }

    /** The next page to be read, or null where it has not come in yet. */
    List<ObjectInfo> take() {
        if (!inOrder) {
            return ready.poll();
        }
        while (!unread.isEmpty()) {
            KeyRange first = unread.get(0);
            List<ObjectInfo> page = first.ready().poll();
            if (page != null || open.contains(first)) {
                return page;
            }
            unread.remove(0);
        }
        return null;
    }

    /** Drops what nobody has read. */
    void clear() {
        ready.clear();
        unread.forEach(range -> range.ready().clear());
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
        KeyRange range = inOrder ? firstWaiting() : waiting.poll();
        if (range != null) {
            return goOn(range);
        }
        while (splittable && !odd && !givenUp) {
            KeyRange longest = open.stream()
                    .filter(KeyRange::isSplittable)
                    .max(Comparator.comparingInt(inOrder ? any -> 0 : KeyRange::pages))
                    .orElse(null);
            if (longest == null) {
                return null;
            }
            String guess = longest.probe(prefixLength, inOrder);
            if (guess != null) {
                return new Fetch(longest, guess, null, Aim.SPLIT);
            }
        }
        return null;
    }

    /** The page without which nothing can be read, or null where it is there or under way. */
    Fetch nextToRead() {
        if (!inOrder || unread.isEmpty()) {
            return null;
        }
        KeyRange first = unread.get(0);
        return first.ready().isEmpty() && waiting.remove(first) ? goOn(first) : null;
    }

    private KeyRange firstWaiting() {
        KeyRange first = waiting.isEmpty()
                ? null
                : open.stream().filter(waiting::contains).findFirst().orElseThrow();
        waiting.remove(first);
        return first;
    }

    private static Fetch goOn(KeyRange range) {
        return range.hasMissedSeam()
                ? new Fetch(range, range.seamAfter(), null, Aim.CHECK_SEAM)
                : new Fetch(range, null, range.token(), Aim.NEXT_PAGE);
    }

    /**
     * Takes a page that was asked for.
     *
     * @param order of the page's keys
     * @return whether there is something in it to be read
     * @throws StoreException BROKEN where keys may have been left out, or would be handed out twice
     */
    boolean accept(Fetch fetch, ListingPage page, PageOrder order) {
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

    private boolean acceptNext(KeyRange range, ListingPage page, PageOrder order) {
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
        return !objects.isEmpty() && (inOrder ? range.ready() : ready).add(objects);
    }

    private boolean acceptSplit(Fetch fetch, ListingPage page, PageOrder order) {
        KeyRange range = fetch.range;
        String found = order.first();
        range.endProbe();
        odd |= !order.continues(fetch.startAfter);
        boolean passed = found != null && KeyOrder.KEYS.compare(found, range.last()) <= 0;
        if (odd || passed || range.isEnded()) {
            return false;
        }
        if (found == null || !range.covers(found)) {
            boolean known = found != null || page.nextToken() == null;
            range.probedInVain(known ? fetch.startAfter : null);
            return false;
        }
        split = true;
        KeyRange rest = range.split(found, fetch.startAfter);
        open.add(open.indexOf(range) + 1, rest);
        unread.add(unread.indexOf(range) + 1, rest);
        return acceptNext(rest, page, order);
    }

    private boolean acceptCheck(KeyRange range, ListingPage page) {
        if (!page.objects().isEmpty() && page.objects().get(0).key().equals(range.seam())) {
            odd = true;
            throw faults.disordered(range.seam(), range.last());
        }
        open.remove(range);
        return false;
    }
}
