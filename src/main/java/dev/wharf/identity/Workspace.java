package dev.wharf.identity;

import java.time.Instant;

/**
 * A workspace as the API shows it.
 *
 * @param updatedAt when its people were changed last
 */
public record Workspace(long id, String uuid, String name, Instant createdAt, Instant updatedAt) {}
