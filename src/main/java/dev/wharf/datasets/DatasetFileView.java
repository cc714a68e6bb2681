package dev.wharf.datasets;

import java.time.Instant;

/**
 * A file of a dataset, as it was when the dataset was imported.
 *
 * @param uri finds exactly this file, once it is percent-encoded
 * @param size in bytes
 * @param etag without quotes; null where the store sends none
 * @param lastModified null where the store does not tell
 */
public record DatasetFileView(String key, String uri, long size, String etag, Instant lastModified) {}
