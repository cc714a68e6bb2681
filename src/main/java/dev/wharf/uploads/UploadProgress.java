package dev.wharf.uploads;

import java.time.Instant;

/**
 * How far an upload is that may come in several requests.
 *
 * @param offset from where to go on, in bytes
 * @param upload the file, once it is there; else null
 */
public record UploadProgress(String uuid, String name, long size, long offset, Instant expiresAt, UploadView upload) {}
