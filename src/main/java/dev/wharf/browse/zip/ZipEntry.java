package dev.wharf.browse.zip;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A file or a folder in a ZIP, and the room that it takes there.
 *
 * <p>The bytes of a file lie in blocks of DEFLATE that are not compressed (RFC 1951, 3.2.4): so the room is known before a
 * byte is read, and its end shows itself to whoever reads the ZIP as a stream.
 *
 * @param name in UTF-8; of a folder with a slash at its end
 * @param size of the file in bytes, 0 for a folder
 * @param modified in seconds since 1970; 0 where that is not known
 */
public record ZipEntry(byte[] name, boolean folder, long size, long modified) {
    /** What one block can hold. */
    static final int BLOCK = 0xffff;

    static final int BLOCK_HEADER = 5;
    /** From here on a number stands in the ZIP64 field, eight bytes long. */
    static final long ZIP64 = 0xffff_ffffL;

    static final int LOCAL_HEADER = 30;
    static final int CENTRAL_HEADER = 46;

    private static final int TIME_FIELD = 9;
    private static final int FIELD_HEADER = 4;
    private static final LocalDateTime DOS_BEGINS = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final LocalDateTime DOS_ENDS = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

    /**
     * A file.
     *
     * @param key below the folder that the archive stands for
     * @param modified null where that is not known
     */
    public static ZipEntry file(String key, long size, Instant modified) {
        return new ZipEntry(utf8(ZipName.of(key)), false, size, seconds(modified));
    }

    /** The same for a folder. */
    public static ZipEntry folder(String key, Instant modified) {
        return new ZipEntry(utf8(ZipName.of(key) + "/"), true, 0, seconds(modified));
    }

    private static byte[] utf8(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static long seconds(Instant modified) {
        return modified == null ? 0 : modified.getEpochSecond();
    }

    /** What its data take. */
    long stored() {
        return folder ? 0 : size + BLOCK_HEADER * Math.max(1, (size + BLOCK - 1) / BLOCK);
    }

    boolean isLarge() {
        return stored() >= ZIP64;
    }

    int localExtra() {
        return timeField() + (isLarge() ? FIELD_HEADER + 2 * Long.BYTES : 0);
    }

    /** What the descriptor behind the data takes. */
    private int descriptor() {
        return folder ? 0 : 2 * Integer.BYTES + 2 * (isLarge() ? Long.BYTES : Integer.BYTES);
    }

    /** What it takes from where it begins to where the next one does. */
    public long span() {
        return LOCAL_HEADER + name.length + localExtra() + stored() + descriptor();
    }

    /** The numbers of the ZIP64 field in the directory. */
    int centralNumbers(long offset) {
        return (isLarge() ? 2 * Long.BYTES : 0) + (offset >= ZIP64 ? Long.BYTES : 0);
    }

    int centralExtra(long offset) {
        int numbers = centralNumbers(offset);
        return timeField() + (numbers > 0 ? FIELD_HEADER + numbers : 0);
    }

    /** What it takes in the directory at the end. */
    public long centralSpan(long offset) {
        return CENTRAL_HEADER + name.length + centralExtra(offset);
    }

    /** The extended timestamp: UTC, which the time of DOS is not. It ends in 2038. */
    boolean hasTime() {
        return modified > 0 && modified <= Integer.MAX_VALUE;
    }

    private int timeField() {
        return hasTime() ? TIME_FIELD : 0;
    }

    /** Date and time as DOS had them, in UTC. */
    int dosTime() {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.max(0, Math.min(modified, ZIP64 * 2)), 0, ZoneOffset.UTC);
        time = time.isBefore(DOS_BEGINS) ? DOS_BEGINS : time.isAfter(DOS_ENDS) ? DOS_ENDS : time;
        return (time.getYear() - DOS_BEGINS.getYear()) << 25
                | time.getMonthValue() << 21
                | time.getDayOfMonth() << 16
                | time.getHour() << 11
                | time.getMinute() << 5
                | time.getSecond() / 2;
    }
}
