package dev.wharf.jobs;

import java.time.Instant;

/**
 * A publication.
 *
 * @param jobId the row of the publishing job
 * @param membershipId with whose rights and keys it publishes
 * @param announced whether another engine made the results
 * @param attempts how often it was claimed
 * @param committedAt when it was decided that its results become visible; null before
 */
public record Publication(
        long jobId,
        long jobGroupId,
        String uuid,
        long membershipId,
        String name,
        String execution,
        boolean announced,
        int attempts,
        Instant committedAt) {
    /** The same once it is claimed. */
    public Publication begun() {
        return new Publication(
                jobId, jobGroupId, uuid, membershipId, name, execution, announced, attempts + 1, committedAt);
    }
}
