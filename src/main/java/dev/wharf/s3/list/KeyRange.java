package dev.wharf.s3.list;

import dev.wharf.s3.wire.ListingPage;
import dev.wharf.store.KeyOrder;
import dev.wharf.store.ObjectInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A stretch of a listing that is read page after page: from where it was begun to its seam, the key at which another
 * range was begun. Because a range that ends at a seam must meet that very key, no order of keys, known or not, can
 * make two ranges leave something out between them.
 */
final class KeyRange {
    private static final int PAGES_BEFORE_A_SPLIT = 2;
    private static final int FREE_PROBES = 2;

    private final TokenCircle circle = new TokenCircle();
    /** Pages that nobody has read yet. */
    private final Deque<List<ObjectInfo>> ready = new ArrayDeque<>();

    private String token;
    private String last;
    private boolean ended;
    /** Where the next range begins, or null. */
    private String seam;

    /** The key behind which the store was asked for the next range. */
    private String seamAfter;

    private boolean missedSeam;

    // What follows is about where to split it.

    /** Nothing is between this key and the seam, or the end; null where that is not known. */
    private String ceiling;
    /** The first keys of the last page and of the one before it, or null. */
    private String firstOfLast;

    private String firstBeforeLast;
    private int pages;
    private int fruitless;
    private int pagesAtProbe;
    private boolean probed;

    Deque<List<ObjectInfo>> ready() {
        return ready;
    }

    /** The continuation token of the next page; null before the first and behind the last. */
    String token() {
        return token;
    }

    /** The last key that was listed, or null. */
    String last() {
        return last;
    }

    /** Whether there is no further page to ask for. */
    boolean isEnded() {
        return ended;
    }

    /** Whether it ended without meeting its seam, which was deleted or is not where the store has listed it before. */
    boolean hasMissedSeam() {
        return missedSeam;
    }

    String seam() {
        return seam;
    }

    /** Behind this key, the seam came first. */
    String seamAfter() {
        return seamAfter;
    }

    /** Whether a key is before the seam. */
    boolean covers(String key) {
        return seam == null || KeyOrder.KEYS.compare(key, seam) < 0;
    }

    /**
     * Takes its next page.
     *
     * @return what of it is before the seam
     */
    List<ObjectInfo> accept(ListingPage page, ListingFaults faults) {
        List<ObjectInfo> objects = page.objects();
        token = page.nextToken();
        ended = token == null;
        if (!ended && circle.closes(token)) {
            throw faults.circular();
        }
        if (!objects.isEmpty()) {
            firstBeforeLast = firstOfLast;
            firstOfLast = objects.get(0).key();
            last = objects.get(objects.size() - 1).key();
            pages++;
        }
        int count = countCovered(objects);
        if (seam != null && (ended || count < objects.size())) {
            ended = true;
            missedSeam = count == objects.size() || !objects.get(count).key().equals(seam);
        }
        return objects.subList(0, count);
    }

    /** Pages since it was begun or split: what has been long is likely to stay so. */
    int pages() {
        return pages;
    }

    /** After the first probes in vain, each further one makes it be left alone for one page more: they cost little in all. */
    boolean isSplittable() {
        return !ended && !probed && pages >= PAGES_BEFORE_A_SPLIT && pages - pagesAtProbe >= fruitless - FREE_PROBES;
    }

    /**
     * Begins a probe.
     *
     * @param near whether the rest is to begin as near as can be
     * @return the key behind which to look for more of the range, or null where there is no place left to look
     */
    String probe(int prefixLength, boolean near) {
        String guess = SplitPoint.between(firstBeforeLast, last, ceiling, prefixLength, near);
        probed = guess != null;
        if (!probed) {
            fruitless++;
            pagesAtProbe = pages;
        }
        return guess;
    }

    /** The probe has come back, or failed. */
    void endProbe() {
        probed = false;
    }

    /** Nothing of the range is behind this key, or null where the store did not tell. */
    void probedInVain(String after) {
        ceiling = after == null ? ceiling : after;
        fruitless++;
        pagesAtProbe = pages;
    }

    /** Another range goes on from a key that the store listed first behind {@code after}. */
    KeyRange split(String key, String after) {
        var rest = new KeyRange();
        rest.seam = seam;
        rest.seamAfter = seamAfter;
        rest.ceiling = ceiling;
        seam = key;
        seamAfter = after;
        ceiling = after;
        pages = 0;
        fruitless = 0;
        pagesAtProbe = 0;
        return rest;
    }

    /** Where there is a seam, the order of keys has been checked. */
    private int countCovered(List<ObjectInfo> objects) {
        int low = 0;
        int high = objects.size();
        while (seam != null && low < high) {
            int middle = (low + high) >>> 1;
            if (covers(objects.get(middle).key())) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
