package dev.wharf.s3.list;

import dev.wharf.store.KeyOrder;

/**
 * Where to look for the rest of a range of keys of which only the beginning is known. The guess is the last key, with one
 * character raised and all behind it dropped: {@code logs/2024/07/part-1} may become {@code logs/2025}, past the year, or
 * {@code logs/2024/09}, past two months. Slashes mean nothing here, so that trees, flat folders and deep chains are
 * treated alike.
 */
final class SplitPoint {
    private SplitPoint() {}

    /**
     * A key between two others in {@link KeyOrder}.
     *
     * @param first a key that was listed two pages before {@code last}. What the two have in common did not change
     *     meanwhile: to raise one of these characters skips more than two pages
     * @param last the key behind which to guess
     * @param ceiling what the guess must stay before, or null
     * @param floor how many characters must stay as they are
     * @param near whether to skip as little as can be told, rather than as much as is likely to be of use
     * @return null where nothing is left to try
     */
    static String between(String first, String last, String ceiling, int floor, boolean near) {
        int shallowest = ceiling == null ? floor : Math.max(floor, KeyOrder.common(last, ceiling));
        int deepest = Math.max(shallowest, KeyOrder.common(first, last) - 1);
        // A guess that finds nothing becomes the ceiling, and the next is made deeper: half-way, as there are many.
        int start = ceiling == null ? (shallowest + deepest) / 2 : (shallowest + deepest + 1) / 2;
        int step = near ? -1 : 1;
        for (int place = near ? deepest : start; shallowest <= place && place <= deepest; place += step) {
            String guess = place < last.length() ? raised(last, place, place == shallowest ? ceiling : null) : null;
            if (guess != null && (ceiling == null || KeyOrder.KEYS.compare(guess, ceiling) < 0)) {
                return guess;
            }
        }
        return null;
    }

    /** @param ceiling what has the same characters before this place, or null */
    private static String raised(String key, int place, String ceiling) {
        int start = isInsideOfPair(key, place) ? place - 1 : place;
        int low = key.codePointAt(start);
        int high = endOfClass(low);
        if (ceiling != null && start < ceiling.length()) {
            high = Math.min(high, ceiling.codePointAt(start));
        }
        int middle = Math.max(low + 1, (low + high + 1) / 2);
        if (middle >= Character.MIN_SURROGATE && middle <= Character.MAX_SURROGATE) {
            middle = Character.MAX_SURROGATE + 1;
        }
        return middle > Character.MAX_CODE_POINT ? null : key.substring(0, start) + Character.toString(middle);
    }

    private static boolean isInsideOfPair(String key, int place) {
        return place > 0
                && Character.isLowSurrogate(key.charAt(place))
                && Character.isHighSurrogate(key.charAt(place - 1));
    }

    /** Behind the last of the characters among which this one is likely to be followed by others. */
    private static int endOfClass(int character) {
        if (character >= '0' && character <= '9') {
            return '9' + 1;
        }
        if (character >= 'A' && character <= 'Z') {
            return 'Z' + 1;
        }
        return character >= 'a' && character <= 'z' ? 'z' + 1 : character + 1;
    }
}
