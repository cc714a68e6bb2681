package dev.wharf.identity.people;

import dev.wharf.identity.Caller;
import java.time.Instant;
import java.util.Set;

/** A person as a member of a workspace, disabled or not. */
public record Person(
        long id,
        String uuid,
        String email,
        String name,
        long membershipId,
        long workspaceId,
        boolean isDisabled,
        Set<String> roles,
        StorageFolders.Folders folders,
        Instant createdAt,
        Instant updatedAt) {

    /** For whom the service does something by itself. */
    public Caller byItself() {
        return new Caller(membershipId, id, workspaceId, email, roles);
    }
}
