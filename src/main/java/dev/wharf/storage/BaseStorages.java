package dev.wharf.storage;

import dev.wharf.credentials.Credential;
import dev.wharf.credentials.KeyPair;
import dev.wharf.credentials.RoleRules;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.store.Credentials;
import dev.wharf.store.StoreAccess;
import java.util.Optional;

/**
 * As whom base storage is used ({@code domain.md} §4.1). In system mode all use the workspace's key pair or role, and where
 * an administrator has given none, the operator's. In user mode everybody uses their own.
 */
public final class BaseStorages {
    private final AwsConfigTable table;
    private final RoleRules roles;
    private final Settings.Storage settings;

    public BaseStorages(AwsConfigTable table, RoleRules roles, Settings.Storage settings) {
        this.table = table;
        this.roles = roles;
        this.settings = settings;
    }

    public BaseStorage of(Caller caller) {
        return of(caller.workspaceId(), caller.personId());
    }

    /** @param personId null for somebody who has nothing of their own */
    public BaseStorage of(long workspaceId, Long personId) {
        AwsConfig workspaces = table.of(workspaceId, null).orElse(null);
        AwsConfig own = workspaces;
        if (settings.perPerson()) {
            own = personId == null ? null : table.of(workspaceId, personId).orElse(null);
        }
        return new BaseStorage(this, settings, own, workspaces);
    }

    /** As it would be by this, for whoever it counts. */
    BaseStorage by(AwsConfig config) {
        AwsConfig workspaces = config.personId() == null
                ? config
                : table.of(config.workspaceId(), null).orElse(null);
        return new BaseStorage(this, settings, config, workspaces);
    }

    /** The same, which does not change before the transaction ends. */
    public BaseStorage keep(Caller caller) {
        table.keep(AwsConfig.holder(caller.workspaceId(), settings.perPerson() ? caller.personId() : null));
        return of(caller);
    }

    /** For the service's own tidying in a bucket: as whoever has it in their base storage. */
    public Optional<StoreAccess> own(String bucket) {
        return table.naming(bucket).stream()
                .filter(config -> settings.perPerson() == (config.personId() != null))
                .filter(config -> BucketFence.around(config.defaultBucket(), config.extraBuckets())
                        .admits(bucket))
                .findFirst()
                .map(this::access)
                .or(() -> settings.configured() && !settings.perPerson() ? Optional.of(operators()) : Optional.empty());
    }

    /** As the operator has set it. */
    StoreAccess operators() {
        return access(operator());
    }

    /**
     * @throws dev.wharf.kernel.problem.ProblemException 400 for a role where roles are off
     */
    StoreAccess access(AwsConfig config) {
        return access(config.role() == null ? config.pair().credentials() : role(config));
    }

    private Credentials role(AwsConfig config) {
        roles.require("credentialProvider", AwsConfigRequest.ROLE, AwsConfigRequest.KEY_PAIR);
        String session = "wharf-base-"
                + (config.personId() == null ? "workspace-" : "person-" + config.personId() + "-workspace-")
                + config.workspaceId();
        // By whoever the operator lets this service be: domain.md §4.1, ec2InstanceRoleForAssumeRole.
        Credentials by = settings.accessKeyId().isEmpty() ? new Credentials.DefaultChain() : operator();
        return config.role().credentials(session, by);
    }

    private Credentials operator() {
        return settings.defaultChain()
                ? new Credentials.DefaultChain()
                : new KeyPair(settings.accessKeyId(), settings.secretAccessKey()).credentials();
    }

    private StoreAccess access(Credentials credentials) {
        return new StoreAccess(
                null,
                settings.region(),
                settings.endpoint(),
                settings.pathStyle(),
                StoreAccess.Checksums.usual(settings.endpoint() != null),
                credentials,
                Credential.encryption(settings.serverSideEncryption()),
                settings.kmsKeyId().isEmpty() ? null : settings.kmsKeyId());
    }
}
