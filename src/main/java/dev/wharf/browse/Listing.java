package dev.wharf.browse;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;

/**
 * The answer of {@code vfsList}.
 *
 * @param nextToken to be sent with the same {@code uri} for what follows; null at the end. A page may hold fewer rows
 *     than asked for and not be the last
 */
public record Listing(
        @JsonSerialize(using = EntriesSerializer.class) List<Entry> data, String nextToken) {}
