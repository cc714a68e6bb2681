package dev.wharf.testing.stub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names with a number in them, filled with zeros on the left: sorted as their numbers are, and none begins another. */
record Numbered(byte[] before, int count, int digits, byte[] behind) {
    Numbered {
        if (count < 1) {
            throw new IllegalArgumentException("A tree has one object at least, and " + count + " were asked for");
        }
    }

    Numbered(String before, int count, String behind) {
        this(
                before.getBytes(StandardCharsets.US_ASCII),
                count,
                String.valueOf(count - 1).length(),
                behind.getBytes(StandardCharsets.US_ASCII));
    }

    void append(int number, KeyBuffer key) {
        key.append(before);
        key.append(number, digits, behind.length == 0 ? count - 1 - number : 0);
        key.append(behind);
    }

    /** How many names are less than these bytes; or no greater, where equal ones count. */
    int search(byte[] bytes, int from, boolean orEqual) {
        KeyBuffer name = new KeyBuffer();
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            name.clear();
            append(middle, name);
            int order = Arrays.compareUnsigned(name.bytes, 0, name.length, bytes, from, bytes.length);
            if (order < 0 || orEqual && order == 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
