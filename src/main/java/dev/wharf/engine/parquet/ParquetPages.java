package dev.wharf.engine.parquet;

import dev.wharf.engine.file.PartialFile;
import dev.wharf.engine.parquet.ParquetLayout.Chunk;
import java.io.IOException;
import java.util.List;

/** Fetches of long column chunks the pages that hold the first rows, and no page in part that DuckDB needs. */
final class ParquetPages {
    /** DuckDB reads so many rows of a row group at one time (its {@code STANDARD_VECTOR_SIZE}). */
    private static final int ROWS = 2_048;
    /** A request costs more than so many bytes. */
    private static final int STEP = 256 << 10;

    private static final int LONGEST_HEADER = 64 << 10;

    private final PartialFile file;

    ParquetPages(PartialFile file) {
        this.file = file;
    }

    /**
     * Fetches each chunk from its beginning up to the page that holds the last wanted row.
     *
     * @param most bytes that may have been read of the file then
     * @return false where that is not enough
     */
    boolean fetch(List<Chunk> chunks, long most) throws IOException {
        for (var chunk : chunks) {
            if (!fetch(chunk, most)) {
                return false;
            }
        }
        return true;
    }

    private boolean fetch(Chunk chunk, long most) throws IOException {
        long end = Math.min(chunk.offset() + chunk.length(), file.size());
        long fetched = chunk.offset();
        long position = chunk.offset();
        for (long rows = 0; rows < ROWS && position < end; ) {
            long header = Math.min(end, position + LONGEST_HEADER);
            if (file.bytesRead() + Math.max(STEP, header - fetched) > most) {
                return false;
            }
            fetched = fetchUpTo(header, fetched, end);
            var page = ParquetPage.read(file.bytes(position, (int) (header - position)));
            if (page == null) {
                return false;
            }
            boolean counted = !chunk.repeats() || page.rows() != null;
            // Where a row begins in such a page is known only to who unpacks it: then the whole chunk.
            long next = counted ? position + page.headerBytes() + page.contentBytes() : end;
            if (next > end || file.bytesRead() + next - fetched > most) {
                return false;
            }
            fetched = fetchUpTo(next, fetched, end);
            rows += counted ? chunk.repeats() ? page.rows() : page.values() : 0;
            position = next;
        }
        return true;
    }

    /** @return the position up to which the chunk is fetched now */
    private long fetchUpTo(long wanted, long fetched, long end) throws IOException {
        if (wanted <= fetched) {
            return fetched;
        }
        long further = Math.min(end, Math.max(wanted, fetched + STEP));
        file.fetch(fetched, further - fetched);
        return further;
    }
}
