package dev.wharf.storage;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.store.StoreAccess;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Base storage as one person has it ({@code domain.md} §4.1). */
public final class BaseStorage {
    private final BaseStorages all;
    private final Settings.Storage settings;
    private final AwsConfig config;
    private final AwsConfig workspaces;

    /**
     * @param config what counts for the person; null where the operator's settings do
     * @param workspaces the workspace's; may be the same, or null
     */
    BaseStorage(BaseStorages all, Settings.Storage settings, AwsConfig config, AwsConfig workspaces) {
        this.all = all;
        this.settings = settings;
        this.config = config;
        this.workspaces = workspaces;
    }

    Optional<AwsConfig> config() {
        return Optional.ofNullable(config);
    }

    /** The bucket that keeps uploads and, where a job names no other place, results. */
    public Optional<String> defaultBucket() {
        return Stream.of(config, workspaces)
                .filter(Objects::nonNull)
                .map(AwsConfig::defaultBucket)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.of(settings.bucket()).filter(bucket -> !bucket.isEmpty()));
    }

    public BucketFence fence() {
        return BucketFence.around(
                defaultBucket().orElse(null), config == null ? settings.extraBuckets() : config.extraBuckets());
    }

    /**
     * @throws ProblemException 400 where there is none, or the person has no key pair for it
     */
    public StoreAccess access() {
        if (config == null && settings.perPerson()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "You have no key pair for base storage: enter yours (POST /v4/awsConfigs with key and secret)");
        }
        if (defaultBucket().isEmpty()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "There is no base storage: an operator sets wharf.storage.bucket, or an administrator a defaultBucket"
                            + " (/v4/awsConfigs); connections need ?connectionId=<id>");
        }
        return config == null ? all.operators() : all.access(config);
    }
}
