package dev.wharf.browse.zip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * Writes a ZIP from front to end (PKWARE, APPNOTE 6.3.10): first all entries with their data, then the directory of the same
 * entries in the same order. Names are UTF-8; where a number needs it, ZIP64. It keeps nothing, so who calls it keeps the
 * entries, and the checksum of each.
 */
public final class ZipWriter {
    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int END = 0x06054b50;

    private static final short VERSION = 20;
    private static final short VERSION_ZIP64 = 45;
    /** Made on Unix, so that the modes below are read. */
    private static final short MADE_BY = 3 << 8 | VERSION_ZIP64;

    private static final int FILE_MODE = 0100644 << 16;
    private static final int FOLDER_MODE = 040755 << 16 | 0x10;

    private static final short UTF8 = 1 << 11;
    /** Checksum and sizes follow the data. */
    private static final short DESCRIBED = 1 << 3;

    private static final short DEFLATED = 8;
    private static final short FIELD_ZIP64 = 1;
    private static final short FIELD_TIME = 0x5455;
    private static final int MOST_ENTRIES = 0xffff;
    private static final int END64_LENGTH = 56;
    private static final int LOCATOR64_LENGTH = 20;
    private static final int END_LENGTH = 22;

    private final OutputStream out;
    private final byte[] bytes = new byte[ZipEntry.BLOCK];
    private final ByteBuffer head = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    // Of those in the directory.
    private long entries;
    private long spans;
    private long centralSpans;

    public ZipWriter(OutputStream out) {
        this.out = out;
    }

    /** How long a ZIP is at its end whose entries take so much, and their places in the directory so much. */
    public static long length(long entries, long spans, long centralSpans) {
        return spans
                + centralSpans
                + (needsZip64(entries, spans, centralSpans) ? END64_LENGTH + LOCATOR64_LENGTH : 0)
                + END_LENGTH;
    }

    private static boolean needsZip64(long entries, long spans, long centralSpans) {
        return entries >= MOST_ENTRIES || spans >= ZipEntry.ZIP64 || centralSpans >= ZipEntry.ZIP64;
    }

    /**
     * An entry with its data.
     *
     * @param in holds at least as many bytes as the entry's size; is not closed
     * @return the checksum of the data
     * @throws EOFException if they are fewer
     */
    public int entry(ZipEntry entry, InputStream in) throws IOException {
        local(entry);
        if (entry.folder()) {
            return 0;
        }
        int crc = data(entry.size(), in);
        head.putInt(DESCRIPTOR).putInt(crc);
        if (entry.isLarge()) {
            head.putLong(entry.stored()).putLong(entry.size());
        } else {
            head.putInt((int) entry.stored()).putInt((int) entry.size());
        }
        write();
        return crc;
    }

    private void local(ZipEntry entry) throws IOException {
        boolean large = entry.isLarge();
        int unknown = large ? -1 : 0;
        head.putInt(LOCAL).putShort(large ? VERSION_ZIP64 : VERSION);
        kind(entry);
        head.putInt(0).putInt(unknown).putInt(unknown);
        head.putShort((short) entry.name().length).putShort((short) entry.localExtra());
        write();
        out.write(entry.name());
        if (large) {
            head.putShort(FIELD_ZIP64)
                    .putShort((short) (2 * Long.BYTES))
                    .putLong(0)
                    .putLong(0);
        }
        time(entry);
        write();
    }

    private void kind(ZipEntry entry) {
        head.putShort(entry.folder() ? UTF8 : (short) (UTF8 | DESCRIBED))
                .putShort(entry.folder() ? 0 : DEFLATED)
                .putInt(entry.dosTime());
    }

    private void time(ZipEntry entry) {
        if (entry.hasTime()) {
            head.putShort(FIELD_TIME).putShort((short) 5).put((byte) 1).putInt((int) entry.modified());
        }
    }

    private int data(long size, InputStream in) throws IOException {
        var crc = new CRC32();
        long left = size;
        do {
            int count = (int) Math.min(left, bytes.length);
            if (in.readNBytes(bytes, 0, count) < count) {
                throw new EOFException("A file of " + size + " bytes ended before its last " + left);
            }
            left -= count;
            crc.update(bytes, 0, count);
            head.put((byte) (left == 0 ? 1 : 0)).putShort((short) count).putShort((short) ~count);
            write();
            out.write(bytes, 0, count);
        } while (left > 0);
        return (int) crc.getValue();
    }

    /** The place of the next entry in the directory. */
    public void central(ZipEntry entry, int crc) throws IOException {
        long offset = spans;
        boolean large = entry.isLarge();
        boolean far = offset >= ZipEntry.ZIP64;
        head.putInt(CENTRAL).putShort(MADE_BY).putShort(large || far ? VERSION_ZIP64 : VERSION);
        kind(entry);
        head.putInt(crc).putInt(large ? -1 : (int) entry.stored()).putInt(large ? -1 : (int) entry.size());
        head.putShort((short) entry.name().length).putShort((short) entry.centralExtra(offset));
        head.putShort((short) 0).putShort((short) 0).putShort((short) 0); // comment, disk, internal attributes
        head.putInt(entry.folder() ? FOLDER_MODE : FILE_MODE).putInt(far ? -1 : (int) offset);
        write();
        out.write(entry.name());
        if (large || far) {
            head.putShort(FIELD_ZIP64).putShort((short) entry.centralNumbers(offset));
        }
        if (large) {
            head.putLong(entry.size()).putLong(entry.stored());
        }
        if (far) {
            head.putLong(offset);
        }
        time(entry);
        write();
        entries++;
        spans += entry.span();
        centralSpans += entry.centralSpan(offset);
    }

    /** What stands at the very end. */
    public void end() throws IOException {
        if (needsZip64(entries, spans, centralSpans)) {
            head.putInt(END64).putLong(END64_LENGTH - 12).putShort(MADE_BY).putShort(VERSION_ZIP64);
            head.putInt(0)
                    .putInt(0)
                    .putLong(entries)
                    .putLong(entries)
                    .putLong(centralSpans)
                    .putLong(spans);
            head.putInt(LOCATOR64).putInt(0).putLong(spans + centralSpans).putInt(1);
        }
        short count = (short) Math.min(entries, MOST_ENTRIES);
        head.putInt(END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
        head.putInt((int) Math.min(centralSpans, ZipEntry.ZIP64)).putInt((int) Math.min(spans, ZipEntry.ZIP64));
        head.putShort((short) 0);
        write();
    }

    private void write() throws IOException {
        out.write(head.array(), 0, head.position());
        head.clear();
    }
}
