package dev.wharf.engine.parquet;

import dev.wharf.engine.duckdb.HeadRows;
import dev.wharf.engine.duckdb.ParquetReading;
import dev.wharf.engine.file.PartialFile;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.parquet.ParquetLayout.Chunk;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fetches of a Parquet file what its first rows need, each byte to its own place in the local file: to DuckDB, that file
 * is then the whole one, as long as it does not read further.
 */
public final class ParquetHead {
    /** Files up to this size are fetched whole, in one request. */
    private static final int SMALL = 256 << 10;
    /** In most files the footer is shorter. */
    private static final int TAIL = 64 << 10;

    private static final int MOST_FOOTER_BYTES = 16 << 20;
    /** For the values of all columns. */
    private static final long MOST_BYTES = 32 << 20;
    /** Of longer chunks only the first pages are fetched; shorter ones take less time in one piece. */
    private static final long LONGEST_WHOLE_CHUNK = 1 << 20;
    /** The same where all chunks together are too much. */
    private static final long LONGEST_WHOLE_CHUNK_OF_MANY = 128 << 10;
    /** Between two chunks that are fetched by one request; a request costs more than so many bytes. */
    private static final long GAP = 64 << 10;

    private static final String MAGIC = "PAR1";
    private static final String ENCRYPTED_MAGIC = "PARE";
    /** The footer's length and the magic. */
    private static final int TRAILER = 8;

    private final PartialFile file;
    private final String displayName;

    public ParquetHead(PartialFile file, String displayName) {
        this.file = file;
        this.displayName = displayName;
    }

    public void fetchFooter() throws IOException {
        file.fetch(0, SMALL);
        long size = file.size();
        if (size == 0) {
            return;
        }
        file.fetch(Math.max(0, size - TAIL), TAIL);
        var trailer = size < TRAILER + MAGIC.length() ? null : file.bytes(size - TRAILER, TRAILER);
        var magic = trailer == null
                ? ""
                : StandardCharsets.ISO_8859_1
                        .decode(trailer.slice(Integer.BYTES, MAGIC.length()))
                        .toString();
        if (magic.equals(ENCRYPTED_MAGIC)) {
            throw StagedFile.refuse(displayName, ParquetReading.ENCRYPTED);
        }
        if (!magic.equals(MAGIC)) {
            throw StagedFile.refuse(displayName, "is not a sound Parquet file.");
        }
        long footer =
                Integer.toUnsignedLong(trailer.order(ByteOrder.LITTLE_ENDIAN).getInt(0)) + TRAILER;
        if (footer > size) {
            throw StagedFile.refuse(displayName, "is not a sound Parquet file.");
        }
        if (footer > MOST_FOOTER_BYTES) {
            throw StagedFile.refuse(
                    displayName,
                    "has a footer of " + footer + " bytes; it is looked into up to " + MOST_FOOTER_BYTES + " bytes.");
        }
        if (footer > TAIL) {
            file.fetch(size - footer, footer - TAIL);
        }
    }

    /** @return the columns that were fetched, from 1; others do not fit into the bound */
    public List<Integer> fetchRows(ParquetLayout layout) throws IOException {
        int last = Math.min(layout.columnCount(), HeadRows.MOST_COLUMNS);
        if (file.whole()) {
            return IntStream.rangeClosed(1, last).boxed().toList();
        }
        var chunks = layout.chunks().stream().collect(Collectors.groupingBy(Chunk::column));
        long sum = layout.chunks().stream().mapToLong(Chunk::length).sum();
        long longest = sum <= MOST_BYTES ? LONGEST_WHOLE_CHUNK : LONGEST_WHOLE_CHUNK_OF_MANY;
        long bound = file.bytesRead() + MOST_BYTES;
        var pages = new ParquetPages(file);
        var columns = new ArrayList<Integer>();
        var whole = new ArrayList<Chunk>();
        for (int column = 1; column <= last; column++) {
            var parts = chunks.getOrDefault(column, List.of()).stream()
                    .collect(Collectors.partitioningBy(chunk -> chunk.length() <= longest));
            long bytes = parts.get(true).stream().mapToLong(Chunk::length).sum();
            if (file.bytesRead() + bytes <= bound && pages.fetch(parts.get(false), bound - bytes)) {
                bound -= bytes;
                whole.addAll(parts.get(true));
                columns.add(column);
            }
        }
        fetch(whole);
        return columns;
    }

    /** In as few requests as make sense. */
    private void fetch(List<Chunk> chunks) throws IOException {
        chunks.sort(Comparator.comparingLong(Chunk::offset));
        for (int i = 0; i < chunks.size(); ) {
            long start = chunks.get(i).offset();
            long end = start;
            while (i < chunks.size() && chunks.get(i).offset() <= end + GAP) {
                end = Math.max(end, chunks.get(i).offset() + chunks.get(i).length());
                i++;
            }
            file.fetch(start, end - start);
        }
    }
}
