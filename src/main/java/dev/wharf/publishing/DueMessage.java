package dev.wharf.publishing;

/**
 * A message that has to be sent.
 *
 * @param nodeId the only node that can read the results; null for any
 */
public record DueMessage(String document, String nodeId) {}
