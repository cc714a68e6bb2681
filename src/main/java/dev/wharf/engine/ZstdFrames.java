package dev.wharf.engine;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Walks the frames and blocks of a zstd file (RFC 8878 §3) without decompressing them, to see whether it is whole. */
final class ZstdFrames {
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int RUN_LENGTH_BLOCK = 1;
    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};

    private ZstdFrames() {}

    /** @throws ProblemException {@code VALIDATION_FAILED} where it is cut off or no zstd at all */
    static void check(Path file, String displayName) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            while (bytes.getFilePointer() < bytes.length()) {
                int magic = Integer.reverseBytes(bytes.readInt());
                if (magic == MAGIC) {
                    skipFrame(bytes);
                } else if ((magic & 0xFFFFFFF0) == SKIPPABLE) {
                    skip(bytes, Integer.toUnsignedLong(Integer.reverseBytes(bytes.readInt())));
                } else {
                    throw problem(displayName + " ends in .zst but is not sound zstd data.");
                }
            }
        } catch (EOFException cutOff) {
            throw problem(displayName + " ends in the middle of its zstd data: it is not complete.");
        }
    }

    private static void skipFrame(RandomAccessFile bytes) throws IOException {
        int descriptor = bytes.readUnsignedByte();
        boolean singleSegment = (descriptor & 0x20) != 0;
        boolean checksum = (descriptor & 0x04) != 0;
        int sizeFlag = descriptor >> 6;
        int windowBytes = singleSegment ? 0 : 1;
        int sizeBytes = sizeFlag == 0 && singleSegment ? 1 : CONTENT_SIZE_BYTES[sizeFlag];
        skip(bytes, windowBytes + DICTIONARY_BYTES[descriptor & 0x03] + sizeBytes);
        boolean last;
        do {
            int header = bytes.readUnsignedByte() | bytes.readUnsignedByte() << 8 | bytes.readUnsignedByte() << 16;
            last = (header & 1) != 0;
            skip(bytes, (header >> 1 & 3) == RUN_LENGTH_BLOCK ? 1 : header >>> 3);
        } while (!last);
        skip(bytes, checksum ? 4 : 0);
    }

    private static void skip(RandomAccessFile bytes, long count) throws IOException {
        long target = bytes.getFilePointer() + count;
        if (target > bytes.length()) {
            throw new EOFException();
        }
        bytes.seek(target);
    }

    private static ProblemException problem(String detail) {
        return new ProblemException(Problem.VALIDATION_FAILED, detail);
    }
}
