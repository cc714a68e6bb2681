package dev.wharf.datasets;

/** One line of a dataset's manifest: an object as it was when it was imported. */
public record DatasetFile(long number, String key, long size, String etag) {}
