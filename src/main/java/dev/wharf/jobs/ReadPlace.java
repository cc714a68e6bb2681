package dev.wharf.jobs;

import dev.wharf.store.S3Uri;

/**
 * Where a job reads.
 *
 * @param uri a file or a folder; where the path varies, {@code *} stands for what is not known before the job runs
 * @param varies whether it reads what is matched there when it runs
 */
public record ReadPlace(S3Uri uri, boolean varies) {}
