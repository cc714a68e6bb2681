package dev.wharf.identity.people;

import java.time.Instant;

/**
 * A workspace as the API shows it.
 *
 * @param gid the same as the uuid, as newer clients call what tells a workspace from all others
 * @param updatedAt when its people were changed last
 */
public record Workspace(long id, String uuid, String gid, String name, Instant createdAt, Instant updatedAt) {}
