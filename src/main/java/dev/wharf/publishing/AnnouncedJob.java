package dev.wharf.publishing;

import dev.wharf.jobs.PublicationTable;
import java.time.Instant;
import java.util.List;

/**
 * A job whose files are sent over HTTP, as the API shows it.
 *
 * @param id of the job group
 * @param status as that of every job
 * @param waitsUntil when it fails unless a further file arrives; null where it waits for none
 * @param files that are sent, in the order of the announcement
 */
public record AnnouncedJob(long id, String status, Instant waitsUntil, List<File> files) {

    static AnnouncedJob of(PublicationTable.Row row, Instant waitsUntil, List<ResultFile> files) {
        return new AnnouncedJob(
                row.job().jobGroupId(),
                row.groupStatus(),
                waitsUntil,
                files.stream()
                        .filter(file -> SentSource.is(file.source()))
                        .map(File::of)
                        .toList());
    }

    /**
     * @param uri where it will be visible, or is
     * @param state {@code awaited}, {@code sent} or {@code visible}
     * @param size in bytes; null while it is awaited, as is {@code md5}: 32 hex digits
     */
    public record File(String name, String uri, String state, Long size, String md5) {
        static File of(ResultFile file) {
            String state =
                    switch (file.state()) {
                        case PENDING -> "awaited";
                        case STAGED -> "sent";
                        case PUBLISHED -> "visible";
                    };
            return new File(SentSource.name(file.source()), file.target().toString(), state, file.size(), file.md5());
        }
    }
}
