package dev.wharf.testing.stub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A key that is written over and over, and may end in a number that is counted up in place. */
final class KeyBuffer {
    byte[] bytes = new byte[256];
    int length;
    private int left;

    void clear() {
        length = 0;
        left = 0;
    }

    void append(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    /**
     * @param digits how many, with zeros before
     * @param more how many keys follow that differ only in this number
     */
    void append(int number, int digits, int more) {
        reserve(digits);
        int rest = number;
        for (int index = length + digits - 1; index >= length; index--) {
            bytes[index] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        left = more;
    }

    /** The next key, if it differs only in the number at the end. */
    boolean increment() {
        if (left == 0) {
            return false;
        }
        left--;
        int index = length - 1;
        while (bytes[index] == '9') {
            bytes[index--] = '0';
        }
        bytes[index]++;
        return true;
    }

    boolean isSame(byte[] key) {
        return Arrays.equals(bytes, 0, length, key, 0, key.length);
    }

    /** Whether these bytes begin with this key. */
    boolean begins(byte[] text, int from) {
        int end = from + length;
        return end <= text.length && Arrays.equals(bytes, 0, length, text, from, end);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (length + more));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
