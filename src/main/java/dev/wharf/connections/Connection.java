package dev.wharf.connections;

import java.time.Instant;

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
        return credentialsShared ? ownerId : personId;
    }
}
