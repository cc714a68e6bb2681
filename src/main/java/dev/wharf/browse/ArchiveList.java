package dev.wharf.browse;

import dev.wharf.browse.zip.ZipEntry;
import dev.wharf.browse.zip.ZipWriter;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What an archive is to hold, as it was listed. Kept compressed, so that an object takes some tens of bytes: those of its ETag
 * and what is new in its name. Closing it ends what can be added; then it can be read, as often as is needed.
 */
final class ArchiveList implements Closeable {
    private static final int CHUNK = 64 << 10;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final List<byte[]> chunks = new ArrayList<>();
    private final DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(new Chunks()));
    private int count;
    private long bytes;
    private long spans;
    private long centralSpans;

    /**
     * An object.
     *
     * @param name its key below the folder that the archive stands for
     * @param modified null where that is not known
     */
    record Item(String name, long size, String etag, Instant modified) {
        /** A folder's placeholder, of which there is nothing to be read. */
        boolean isFolder() {
            return name.endsWith("/") && size == 0;
        }

        ZipEntry entry() {
            return isFolder()
                    ? ZipEntry.folder(name.substring(0, name.length() - 1), modified)
                    : ZipEntry.file(name, size, modified);
        }
    }

    void add(Item item) throws IOException {
        out.writeUTF(item.name());
        out.writeLong(item.size());
        out.writeUTF(item.etag());
        out.writeLong(item.modified() == null ? UNKNOWN : item.modified().getEpochSecond());
        ZipEntry entry = item.entry();
        centralSpans += entry.centralSpan(spans);
        spans += entry.span();
        bytes += item.size();
        count++;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** How many files and folders. */
    int count() {
        return count;
    }

    /** The size of all files. */
    long bytes() {
        return bytes;
    }

    /** How much memory it takes, about. */
    long memory() {
        return (long) chunks.size() * CHUNK;
    }

    /** How long the ZIP will be. */
    long zipLength() {
        return ZipWriter.length(count, spans, centralSpans);
    }

    Items items() {
        return new Items();
    }

    /** All of them, in the order in which they were added. */
    final class Items implements Closeable {
        private final DataInputStream in =
                new DataInputStream(new InflaterInputStream(new SequenceInputStream(Collections.enumeration(
                        chunks.stream().map(ByteArrayInputStream::new).toList()))));
        private int left = count;

        /** Null behind the last. */
        Item next() throws IOException {
            if (left == 0) {
                return null;
            }
            left--;
            String name = in.readUTF();
            long size = in.readLong();
            String etag = in.readUTF();
            long modified = in.readLong();
            return new Item(name, size, etag, modified == UNKNOWN ? null : Instant.ofEpochSecond(modified));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Never copied while it grows. */
    private final class Chunks extends OutputStream {
        private int room;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            for (int from = offset; from < offset + length; ) {
                if (room == 0) {
                    chunks.add(new byte[CHUNK]);
                    room = CHUNK;
                }
                int part = Math.min(room, offset + length - from);
                System.arraycopy(source, from, chunks.get(chunks.size() - 1), CHUNK - room, part);
                room -= part;
                from += part;
            }
        }
    }
}
