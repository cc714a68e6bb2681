package dev.wharf.s3.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of an element: with its prefix, as its end tag must repeat it, and without, as it is asked for. */
record XmlName(byte[] qualified, String local) {

    private static XmlName of(byte[] buffer, int from, int to) {
        byte[] qualified = Arrays.copyOfRange(buffer, from, to);
        String name = new String(qualified, StandardCharsets.UTF_8);
        return new XmlName(qualified, name.substring(name.indexOf(':') + 1));
    }

    /** The place behind this name if it begins here, else -1. */
    int end(XmlBytes bytes, int index) throws MalformedXmlException {
        int end = index + qualified.length;
        boolean same = XmlMarkup.startsWith(bytes, index, qualified) && !XmlMarkup.isOfName(bytes.at(end));
        return same ? end : -1;
    }

    /** The names of one document, each made once however often it comes. */
    static final class Table {
        private static final int SLOTS = 256;
        private final XmlName[] names = new XmlName[SLOTS];

        /** The name that begins here. Of two names with the same slot, the later one replaces the other. */
        XmlName read(XmlBytes bytes, int index) throws MalformedXmlException {
            int end = XmlMarkup.nameEnd(bytes, index);
            int hash = end - index + 31 * bytes.buffer[index] + 7 * bytes.buffer[end - 1];
            int slot = hash & SLOTS - 1;
            XmlName known = names[slot];
            if (known == null || known.qualified.length != end - index || known.end(bytes, index) < 0) {
                known = of(bytes.buffer, index, end);
                names[slot] = known;
            }
            return known;
        }
    }
}
