package dev.wharf.kernel.sql;

/**
 * A message that has to be sent, as it is kept.
 *
 * @param topic which of the JMS topics is told, or which queue of jobs gets a dead letter again
 * @param document the text of the message, JSON
 */
public record OutboxMessage(String id, String topic, String document) {}
