package dev.wharf.datasets;

import java.time.Instant;

/**
 * Files of a dataset that somebody has taken in for a job, which reads these and no others.
 *
 * @param foundAt the moment from which windows of time were counted, where the dataset's path varies
 */
public record TakenFiles(long manifestId, Instant foundAt) {}
