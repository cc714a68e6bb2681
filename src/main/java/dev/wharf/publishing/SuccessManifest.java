package dev.wharf.publishing;

import dev.wharf.jobs.Publication;
import dev.wharf.kernel.api.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What {@code _SUCCESS} says of a job folder; {@link Committer} writes it. The same job always writes the same bytes, so that a repeated write is
 * known for its own.
 *
 * @param publishedAt when it was decided that the files become visible, UTC
 * @param files those in this folder
 */
record SuccessManifest(
        long jobGroupId, String jobGroupUuid, String name, String execution, Instant publishedAt, List<Entry> files) {

    /**
     * @param size in bytes
     * @param md5 32 hex digits, of the whole file, where it was copied inside its store or sent by a client; else null
     * @param crc32c of the whole file in Base64, as S3 tells it, where it passed through the service; else null
     * @param etag the store's, without quotes
     */
    record Entry(String key, long size, String md5, String crc32c, String etag) {}

    static SuccessManifest of(Publication job, List<ResultFile> files) {
        return new SuccessManifest(
                job.jobGroupId(),
                job.uuid(),
                job.name(),
                job.execution(),
                job.committedAt(),
                files.stream()
                        .map(file ->
                                new Entry(file.target().key(), file.size(), file.md5(), file.crc32c(), file.etag()))
                        .toList());
    }

    byte[] bytes() {
        return Json.write(this).getBytes(StandardCharsets.UTF_8);
    }
}
