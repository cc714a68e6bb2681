package dev.wharf.s3;

/**
 * A stretch of a listing that is read page after page: from where it was begun to its seam, the key at which another
 * range was begun. Because a range that ends at a seam must meet that very key, no order of keys, known or not, can
 * make two ranges leave something out between them.
 */
final class KeyRange {
    private static final int PAGES_BEFORE_A_SPLIT = 2;
    private static final int FREE_PROBES = 2;

    /** Where the next range begins, or null; and the key behind which the store was asked for it. */
    String seam;

    String seamAfter;
    /** Nothing is between this key and the seam, or the end; null where that is not known. */
    String ceiling;
    /** The continuation token of the next page; null before the first and behind the last. */
    String token;
    /** The last key that was listed, or null. */
    String last;
    /** Whether all pages were listed. */
    boolean ended;
    /** Whether the seam was passed without being met. */
    boolean unmet;
    /** Whether another worker is looking for a place to split it. */
    boolean probed;

    private final TokenCircle circle = new TokenCircle();
    /** The first keys of the last page and of the one before it, or null. */
    private String firstOfLast;

    private String firstBeforeLast;
    private int pages;
    private int fruitless;
    private int pagesAtProbe;

    /** Takes note of a page. */
    void advance(ListingPage page, ListingFaults faults) {
        token = page.nextToken();
        ended = token == null;
        if (!ended && circle.closes(token)) {
            throw faults.circular();
        }
        if (!page.objects().isEmpty()) {
            firstBeforeLast = firstOfLast;
            firstOfLast = page.objects().get(0).key();
            last = page.objects().get(page.objects().size() - 1).key();
            pages++;
        }
    }

    /** Pages since it was begun or split: what has been long is likely to stay so. */
    int pages() {
        return pages;
    }

    /** After the first probes in vain, each further one makes it be left alone for one page more: they cost little in all. */
    boolean isSplittable() {
        return !ended
                && !unmet
                && !probed
                && pages >= PAGES_BEFORE_A_SPLIT
                && pages - pagesAtProbe >= fruitless - FREE_PROBES;
    }

    /** The key behind which to look for more of the range, or null. */
    String splitPoint(int prefixLength) {
        String guess = SplitPoint.between(firstBeforeLast, last, ceiling, prefixLength);
        if (guess == null) {
            probedInVain();
        }
        return guess;
    }

    void probedInVain() {
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
}
