package dev.wharf.store;

import java.util.Comparator;

/** S3's order: that of the keys' UTF-8 bytes, hence of code points. Java's, of UTF-16 units, differs beyond the basic plane. */
public final class KeyOrder implements Comparator<String> {
    public static final KeyOrder KEYS = new KeyOrder();

    private KeyOrder() {}

    @Override
    public int compare(String left, String right) {
        int index = common(left, right);
        if (index == left.length() || index == right.length()) {
            return left.length() - right.length();
        }
        return weight(left.charAt(index)) - weight(right.charAt(index));
    }

    /** How many characters two keys have in common from their beginning. */
    public static int common(String left, String right) {
        int end = Math.min(left.length(), right.length());
        int index = 0;
        while (index < end && left.charAt(index) == right.charAt(index)) {
            index++;
        }
        return index;
    }

    /** Surrogates stand for what comes after all of the basic plane. */
    private static int weight(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
