package dev.wharf.connections;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A connection as the API shows it ({@code domain.md} §1.6): never a secret, nor a part of one.
 *
 * @param policyTag as what the caller has it; null for an administrator who manages it and was not given it
 */
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
        String policyTag,
        Instant createdAt,
        Instant updatedAt,
        Reference creator,
        Reference updater,
        Reference workspace)
        implements Made, Versioned {

    @Override
    public String location() {
        return "/v4/connections/" + id;
    }

    static ConnectionView of(GrantedConnection granted, boolean hasCredentials) {
        Connection connection = granted.connection();
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
                granted.given() == null ? null : granted.given().policyTag(),
                connection.createdAt(),
                connection.updatedAt(),
                new Reference(connection.ownerId()),
                new Reference(connection.updaterId()),
                new Reference(connection.workspaceId()));
    }
}
