package dev.wharf.store;

/**
 * What is to be copied inside one store.
 *
 * @param etag the version, without quotes
 * @param size of that version in bytes
 */
public record CopySource(String bucket, String key, String etag, long size) implements Stageable {}
