package dev.wharf.s3;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of an element: with its prefix, as its end tag must repeat it, and without, as it is asked for. */
record XmlName(byte[] qualified, String local) {

    static XmlName of(byte[] buffer, int from, int to) {
        byte[] qualified = Arrays.copyOfRange(buffer, from, to);
        String name = new String(qualified, StandardCharsets.UTF_8);
        return new XmlName(qualified, name.substring(name.indexOf(':') + 1));
    }

    boolean is(byte[] buffer, int from, int to) {
        return Arrays.equals(qualified, 0, qualified.length, buffer, from, to);
    }

    /** The names of one document, each made once however often it comes. */
    static final class Table {
        private static final int SLOTS = 64;
        private final XmlName[] names = new XmlName[SLOTS];

        /** @param hash of the bytes; of two names with the same slot, the later one replaces the other */
        XmlName of(byte[] buffer, int from, int to, int hash) {
            int slot = (hash ^ hash >>> 6) & SLOTS - 1;
            XmlName known = names[slot];
            if (known == null || !known.is(buffer, from, to)) {
                known = XmlName.of(buffer, from, to);
                names[slot] = known;
            }
            return known;
        }
    }
}
