package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Json;
import java.sql.Timestamp;

/**
 * A connection's properties as the registry holds them, column by column; its key pairs are rows of their own.
 *
 * @param grantName as what it was shared with the person who was asked about; null where it was not, or nobody was asked about
 */
public record ConnectionRow(
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
        String defaultBucket,
        String params,
        Timestamp createdAt,
        Timestamp updatedAt,
        String grantName) {

    Connection connection() {
        return new Connection(
                id,
                uuid,
                workspaceId,
                ownerId,
                updaterId,
                name,
                description,
                credentialType,
                isGlobal,
                credentialsShared,
                disableTypeInference,
                defaultBucket,
                Json.read(params, ConnectionParams.class),
                createdAt.toInstant(),
                updatedAt.toInstant());
    }

    /** @param caller whom the statement asked about */
    GrantedConnection grantedTo(Caller caller) {
        Grant shared = Grant.ofColumn(grantName);
        Grant given = ownerId == caller.personId() ? Grant.OWNER : shared == null && isGlobal ? Grant.VIEWER : shared;
        return new GrantedConnection(connection(), given, caller.isWorkspaceAdmin());
    }
}
