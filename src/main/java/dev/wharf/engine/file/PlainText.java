package dev.wharf.engine.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The beginning of some bytes that is ASCII without zeros, which no decoder has to look at: eight bytes are judged at once.
 *
 * @param length a multiple of eight
 * @param lines how many line feeds it has
 */
record PlainText(int length, long lines) {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH = 0x8080808080808080L;
    /** Carries into the highest bit of each byte of ASCII but zero. */
    private static final long MOST = 0x7f7f7f7f7f7f7f7fL;

    private static final long LINE_FEEDS = 0x0a0a0a0a0a0a0a0aL;

    /** @param length how many of the bytes there are */
    static PlainText of(byte[] bytes, int length) {
        int at = 0;
        long lines = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            if ((eight & HIGH) != 0 || (eight + MOST & HIGH) != HIGH) {
                break;
            }
            lines += Long.BYTES - Long.bitCount((eight ^ LINE_FEEDS) + MOST & HIGH);
        }
        return new PlainText(at, lines);
    }
}
