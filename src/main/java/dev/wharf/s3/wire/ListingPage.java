package dev.wharf.s3.wire;

import dev.wharf.store.ObjectInfo;
import java.util.List;

/**
 * One page of a listing, as the store sent it.
 *
 * @param objects in the store's order
 * @param folders the common prefixes, where a delimiter was asked for
 * @param nextToken the continuation token, null on the last page; empty where the store has more but sent none
 */
public record ListingPage(List<ObjectInfo> objects, List<String> folders, String nextToken)
        implements ListingReader.Answer {}
