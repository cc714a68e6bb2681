package dev.wharf.uploads;

import dev.wharf.store.StagedObject;
import dev.wharf.uploads.ResumableTable.Part;
import java.time.Instant;
import java.util.List;

/**
 * An upload that may come in several requests.
 *
 * @param size of the file, in bytes
 * @param checksummed whether its parts are sent with checksums
 * @param kept bytes in parts that the store has
 * @param offset from where its client goes on: {@code kept}, but the last part is acknowledged with the whole file only
 * @param claimed whether a request writes
 */
record ResumableUpload(
        String uuid,
        String bucket,
        String key,
        String name,
        long size,
        String uploadId,
        String mark,
        boolean checksummed,
        long kept,
        long offset,
        boolean claimed,
        Instant expires,
        boolean finished) {

    /** As the store has it, with its parts. */
    StagedObject staged(List<Part> parts) {
        return new StagedObject(
                bucket,
                key,
                uploadId,
                parts.stream().map(Part::etag).toList(),
                kept,
                null,
                null,
                checksummed ? parts.stream().map(Part::crc32c).toList() : null,
                mark);
    }

    /** Whether all bytes are there, though it was not finished: a process that was about to has ended. */
    boolean isWhole(List<Part> parts) {
        return kept == size && !parts.isEmpty();
    }
}
