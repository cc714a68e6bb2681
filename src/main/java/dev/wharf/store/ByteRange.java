package dev.wharf.store;

/**
 * Bytes of an object.
 *
 * @param offset of the first byte, from 0
 * @param length in bytes, 1 or more; what lies beyond the object's end is left out
 */
public record ByteRange(long offset, long length) {
    public ByteRange {
        if (offset < 0 || length < 1 || offset + length < 0) {
            throw new IllegalArgumentException("No bytes: " + offset + "+" + length);
        }
    }
    /** The position of the last byte. */
    public long last() {
        return offset + length - 1;
    }
}
