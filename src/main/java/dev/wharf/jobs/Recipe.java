package dev.wharf.jobs;

import java.time.Instant;

/**
 * A recipe as a job knows it: a dataset as it is, under another name.
 *
 * @param ownerId whose flow it stands in
 * @param datasetId what it reads
 * @param deletedAt null while it is there
 */
public record Recipe(
        long id, String uuid, String name, long workspaceId, long ownerId, long datasetId, Instant deletedAt) {}
