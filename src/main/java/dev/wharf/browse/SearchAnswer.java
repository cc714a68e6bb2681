package dev.wharf.browse;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;

/**
 * The answer of {@code vfsSearch}.
 *
 * @param data in S3's order
 * @param nextToken to be sent with the same question for what follows; null at the end, and where a search has no pages
 * @param scanned objects, or names of a folder, that were looked at
 * @param complete whether all that could match was looked at, and is here
 */
public record SearchAnswer(
        @JsonSerialize(using = EntriesSerializer.class) List<Entry> data,
        String nextToken,
        long scanned,
        boolean complete) {}
