package dev.wharf.testing.stub;

import java.util.Arrays;

/** Keys in the order of their bytes, which can be searched. */
interface SortedCursor extends KeyCursor {
    /** Goes to the first key that is not less than these bytes. */
    void seek(byte[] bytes);

    /** Whether the key only hides the same key of another row. */
    default boolean isHole() {
        return false;
    }

    @Override
    default byte[] position() {
        return Arrays.copyOf(key(), length());
    }

    @Override
    default void skip(int length) {
        byte[] behind = Arrays.copyOf(key(), length);
        behind[length - 1]++; // the least text that does not begin like this: no byte of UTF-8 is 0xff
        seek(behind);
    }
}
