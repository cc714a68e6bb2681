package dev.wharf.storage;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import java.util.Optional;

/** With what base storage is used, by workspaces and by people ({@code domain.md} §3.9, §4.1). */
public final class AwsConfigs {
    private final AwsConfigTable table;
    private final BaseStorages storages;
    private final Settings.Storage settings;

    public AwsConfigs(AwsConfigTable table, BaseStorages storages, Settings.Storage settings) {
        this.table = table;
        this.storages = storages;
        this.settings = settings;
    }

    /**
     * All of the workspace.
     *
     * @throws ProblemException 403 for anybody but an administrator
     */
    @Operation("listAwsConfigs")
    public Page<AwsConfigView> list(Caller caller, Query query) {
        caller.requireWorkspaceAdmin("list all awsConfigs; /v4/awsConfigs/current is everybody's own");
        return Page.of(
                query,
                (limit, offset) -> table.list(caller.workspaceId(), limit, offset).stream()
                        .map(AwsConfigView::of)
                        .toList(),
                () -> table.count(caller.workspaceId()));
    }

    /** @param query {@code embed}: the updater */
    @Operation("getAwsConfig")
    public AwsConfigView get(Caller caller, long id, Query query) {
        Embedded.of(query, Associations.with());
        return AwsConfigView.of(table.require(caller, id));
    }

    /**
     * What counts for the caller.
     *
     * @throws ProblemException 404 if they have nothing to use base storage with
     */
    @Operation("getCurrentAwsConfig")
    public AwsConfigView current(Caller caller) {
        BaseStorage storage = storages.of(caller);
        Optional<AwsConfig> config = storage.config();
        Optional<String> bucket = storage.defaultBucket();
        if (config.isPresent()) {
            return AwsConfigView.of(config.get()).in(bucket.orElse(null));
        }
        if (settings.perPerson() || bucket.isEmpty()) {
            throw new ProblemException(
                    Problem.NOT_FOUND,
                    "There is no awsConfig for you: "
                            + (settings.perPerson()
                                    ? "enter your key pair (POST /v4/awsConfigs with key and secret)"
                                    : "an operator sets wharf.storage.bucket, or an administrator one for the workspace"));
        }
        return new AwsConfigView(
                null,
                settings.defaultChain() ? "instance" : AwsConfigRequest.KEY_PAIR,
                caller.workspaceId(),
                null,
                null,
                bucket.get(),
                settings.extraBuckets(),
                null,
                null,
                null);
    }
}
