package dev.wharf.s3;

/**
 * What is tried of a store.
 *
 * @param bucket the bucket that is to be used, or null where there is none: only the list of buckets is tried then
 * @param prefix the folder in it, empty for its root, else ending in a slash
 * @param write whether something may be written for a moment; without it the bucket is only read
 */
public record ProbeRequest(String bucket, String prefix, boolean write) {}
