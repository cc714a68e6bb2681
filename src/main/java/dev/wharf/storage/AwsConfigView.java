package dev.wharf.storage;

import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * With what base storage is used, as the API shows it: never a secret, nor a part of one.
 *
 * @param id null for what an operator has set
 * @param credentialProvider {@code default} for a key pair, {@code temporary} for a role, {@code instance} for what this
 *     service runs with
 * @param role the role's ARN, or null
 */
public record AwsConfigView(
        Long id,
        String credentialProvider,
        Long workspaceId,
        Long personId,
        String role,
        String defaultBucket,
        List<String> extraBuckets,
        Instant createdAt,
        Instant updatedAt,
        Reference updater)
        implements Versioned {

    static AwsConfigView of(AwsConfig config) {
        return new AwsConfigView(
                config.id(),
                config.role() == null ? AwsConfigRequest.KEY_PAIR : AwsConfigRequest.ROLE,
                config.personId() == null ? config.workspaceId() : null,
                config.personId(),
                config.role() == null ? null : config.role().arn(),
                config.defaultBucket(),
                config.extraBuckets(),
                config.createdAt(),
                config.updatedAt(),
                new Reference(config.updaterId()));
    }

    /** The same with the bucket that counts. */
    AwsConfigView in(String bucket) {
        return new AwsConfigView(
                id,
                credentialProvider,
                workspaceId,
                personId,
                role,
                bucket,
                extraBuckets,
                createdAt,
                updatedAt,
                updater);
    }
}
