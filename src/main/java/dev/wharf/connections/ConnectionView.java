package dev.wharf.connections;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.Reference;
import java.time.Instant;
import java.util.List;

/** A connection as the API shows it ({@code domain.md} §1.6): never a secret, nor a part of one. */
public record ConnectionView(
        long id,
        String uuid,
        String vendor,
        String vendorName,
        String type,
        String credentialType,
        String name,
        String description,
        @JsonProperty("isGlobal") boolean isGlobal,
        boolean credentialsShared,
        boolean disableTypeInference,
        boolean ssl,
        boolean sshTunneling,
        String host,
        Integer port,
        String bucket,
        ConnectionParams params,
        List<Object> credentials,
        boolean hasCredentials,
        Instant createdAt,
        Instant updatedAt,
        Party creator,
        Party updater,
        Reference workspace) {

    static ConnectionView of(Connection connection, boolean hasCredentials, Party creator, Party updater) {
        return new ConnectionView(
                connection.id(),
                connection.uuid(),
                "aws",
                "aws",
                "remotefile",
                connection.credentialType(),
                connection.name(),
                connection.description(),
                connection.isGlobal(),
                connection.credentialsShared(),
                connection.disableTypeInference(),
                false,
                false,
                null,
                null,
                connection.bucket(),
                connection.params(),
                List.of(),
                hasCredentials,
                connection.createdAt(),
                connection.updatedAt(),
                creator,
                updater,
                new Reference(connection.workspaceId()));
    }
}
