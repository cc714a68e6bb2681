package dev.wharf.jobs;

import dev.wharf.store.S3Uri;

/**
 * A visible file of an output of a job.
 *
 * @param output of which of the job's outputs, from 1
 * @param etag of the version that the job wrote, without quotes; null or empty where its store told none
 * @param source where its bytes came from, {@code s3://…} or {@code file:///…}
 */
public record WrittenFile(long jobGroupId, long output, S3Uri place, String etag, String source) {
    /** Whether an object at its place is known to be another one than the job wrote; of two unknown versions nothing is known. */
    public boolean isOther(String found) {
        return etag != null && !etag.isEmpty() && found != null && !found.isEmpty() && !etag.equals(found);
    }

    /** What is said of it then. */
    public String changed() {
        return place.location() + " has changed since job group " + jobGroupId
                + " wrote it, and is not its result any more: run the job again, or import the file as it is now";
    }
}
