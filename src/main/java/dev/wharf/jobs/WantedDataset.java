package dev.wharf.jobs;

/**
 * A dataset that is to be made of the results of a job.
 *
 * @param membershipId whose it will be
 * @param outputNo of which of the job's outputs, from 1
 * @param attempt which one this is
 */
public record WantedDataset(long jobGroupId, long membershipId, int outputNo, String name, int attempt) {}
