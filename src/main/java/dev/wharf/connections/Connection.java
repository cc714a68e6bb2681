package dev.wharf.connections;

import dev.wharf.identity.Caller;
import java.time.Instant;
import java.util.Set;

/** A registered connection, without its key pairs. */
record Connection(
        long id,
        String uuid,
        long workspaceId,
        long ownerId,
        long updaterId,
        String name,
        String description,
        String credentialType,
        boolean isGlobal,
        boolean credentialsShared,
        boolean disableTypeInference,
        String bucket,
        ConnectionParams params,
        Instant createdAt,
        Instant updatedAt) {

    /** Whose key pair counts when this person uses the connection ({@code domain.md} §2.6). */
    long credentialOwner(long personId) {
        return credentialOwner(personId, credentialsShared);
    }

    /**
     * The same if the key pairs were shared, or were not.
     *
     * @param shared whether there is one pair for all, the owner's
     */
    long credentialOwner(long personId, boolean shared) {
        return shared ? ownerId : personId;
    }

    /** For whom the service tidies up by itself. */
    Caller owner() {
        return new Caller(0, ownerId, workspaceId, null, Set.of());
    }
}
