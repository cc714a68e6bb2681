package dev.wharf.webhooks;

/**
 * A delivery that is to be made, as {@code sql/webhooks/due.sql} finds it.
 *
 * @param eventId of the event of the job's end
 * @param attempts that were begun before this one
 */
public record DueWebhook(long id, long taskId, String eventId, long jobGroupId, String jobStatus, int attempts) {}
