package dev.wharf.store;

import java.util.List;

/**
 * One page of a folder.
 *
 * @param entries at most the asked number, in the store's order (UTF-8 byte order on S3)
 * @param nextToken the store's continuation token, or null at the end
 */
public record FolderPage(List<ListedEntry> entries, String nextToken) {}
