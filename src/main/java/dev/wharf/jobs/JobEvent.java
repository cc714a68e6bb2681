package dev.wharf.jobs;

import java.time.Instant;

/**
 * What is sent to {@code jms:topic:publishing.events} of a job group; at least once, so that consumers drop what comes twice
 * by its id.
 *
 * @param type {@code started}, {@code progress}, {@code completed}, {@code failed} or {@code canceled}
 * @param step of progress: {@code written} once an engine has written the results, {@code staged} once all wait in their
 *     stores; null else
 * @param reason why it has failed or was canceled; null else
 * @param warning of a complete job, what its stores had not listed yet; null for none
 * @param files how many are visible
 * @param bytes of those
 */
record JobEvent(
        String id,
        String type,
        String step,
        Instant at,
        long workspaceId,
        long jobGroupId,
        String name,
        String execution,
        String status,
        String reason,
        String warning,
        long files,
        long bytes) {}
