package dev.wharf.identity.people;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.ConfigurationRequest.Item;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What administrators set for their workspace: <i>Enable S3 Connectivity</i> ({@code seed.txt}, <i>Prerequisites</i>; its
 * key is that of {@code domain.md} §4.2). Off, every S3 operation of a person or a job of the workspace is refused, and
 * nothing is deleted: on again, all is as it was. Whether base storage is used with a key pair for all ({@code system}) or
 * with everybody's own ({@code user}) is told beside it, and set by an operator.
 */
public final class WorkspaceConfiguration {
    static final String S3_ENABLED = "aws.s3.enabled";
    static final String MODE = "aws.mode";
    private static final AuditedAction ACTION = AuditedAction.of("patchWorkspaceConfiguration");

    private final Database database;
    private final AuditTrail trail;
    private final Clock clock;
    private final List<ConfigurationKey> keys;

    /** @param perPerson whether everybody uses base storage with a key pair of their own */
    public WorkspaceConfiguration(Database database, AuditTrail trail, Clock clock, boolean perPerson) {
        this.keys = List.of(
                ConfigurationKey.flag(
                        S3_ENABLED,
                        "Enable S3 Connectivity",
                        true,
                        "Off, every S3 operation of the workspace's people and jobs is refused; nothing is deleted"),
                ConfigurationKey.chosen(
                        MODE,
                        "AWS mode",
                        perPerson ? "user" : "system",
                        List.of("system", "user"),
                        "wharf.storage.mode",
                        "Whether base storage is used with one key pair for all (system) or with everybody's own (user)"));
        this.database = database;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * @param workspaceId a number, or {@code current}
     * @throws ProblemException 404 if it is not the caller's workspace
     */
    @Operation("getWorkspaceConfiguration")
    public ConfigurationRequest get(Caller caller, String workspaceId) {
        return of(Workspaces.require(caller, workspaceId));
    }

    /**
     * What can be set, and what may be set of it.
     *
     * @throws ProblemException 404 as above
     */
    @Operation("getWorkspaceConfigurationSchema")
    public Map<String, List<ConfigurationKey>> schema(Caller caller, String workspaceId) {
        Workspaces.require(caller, workspaceId);
        return Map.of("data", keys);
    }

    /**
     * Sets what the request names, all or nothing.
     *
     * @throws ProblemException 403 for anybody but an administrator; 400 for an unknown key or value; 404 as above
     */
    @Operation("patchWorkspaceConfiguration")
    public ConfigurationRequest set(Caller caller, String workspaceId, ConfigurationRequest request) {
        long workspace = Workspaces.require(caller, workspaceId);
        return trail.attempt(caller, ACTION, () -> {
            caller.requireWorkspaceAdmin("change the workspace's configuration");
            List<Item> items = request.configuration();
            check(items);
            database.inTransaction(() -> items.stream()
                    .filter(item -> !known(item).readOnly())
                    .forEach(item -> set(caller, workspace, item)));
            return of(workspace);
        });
    }

    private void check(List<Item> items) {
        if (items == null) {
            throw ProblemException.invalid("configuration", "must be an array of {key, value}");
        }
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < items.size(); index++) {
            check("configuration[" + index + "]", items.get(index), seen);
        }
    }

    private void check(String field, Item item, Set<String> seen) {
        ConfigurationKey known = item == null ? null : known(item);
        if (known == null || !seen.add(item.key())) {
            throw ProblemException.invalid(
                    field + ".key",
                    "must be one of " + keys.stream().map(ConfigurationKey::key).collect(Collectors.joining(", "))
                            + ", once");
        }
        if (known.readOnly() && !known.defaultValue().equals(item.value())) {
            throw ProblemException.invalid(
                    field + ".value",
                    "is " + known.defaultValue() + " for " + known.key() + ": an operator sets it (" + known.setBy()
                            + ")");
        }
        if (item.value() == null || !known.values().contains(item.value())) {
            throw ProblemException.invalid(
                    field + ".value",
                    "must be "
                            + known.values().stream()
                                    .map(value -> '"' + value + '"')
                                    .collect(Collectors.joining(" or ")));
        }
    }

    private ConfigurationKey known(Item item) {
        return keys.stream()
                .filter(key -> key.key().equals(item.key()))
                .findFirst()
                .orElse(null);
    }

    /**
     * @throws ProblemException 403 where the workspace's S3 connectivity is off
     */
    public void requireS3(Caller caller) {
        if (!isOn(caller.workspaceId())) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "S3 connectivity is off in this workspace: a workspace administrator can turn it on in the workspace's"
                            + " settings (" + S3_ENABLED + ")");
        }
    }

    private ConfigurationRequest of(long workspace) {
        return new ConfigurationRequest(keys.stream()
                .map(key -> new Item(key.key(), value(workspace, key)))
                .toList());
    }

    private boolean isOn(long workspace) {
        return Boolean.parseBoolean(value(workspace, keys.get(0)));
    }

    private String value(long workspace, ConfigurationKey key) {
        if (key.readOnly()) {
            return key.defaultValue();
        }
        return database.sql("identity/find-configuration")
                .param("workspace", workspace)
                .param("key", key.key())
                .query(String.class)
                .optional()
                .orElse(key.defaultValue());
    }

    private void set(Caller caller, long workspace, Item item) {
        if (write("identity/update-configuration", caller, workspace, item) == 0) {
            write("identity/insert-configuration", caller, workspace, item);
        }
        trail.record(caller, ACTION, item.key() + " " + item.value());
    }

    private int write(String statement, Caller caller, long workspace, Item item) {
        return database.sql(statement)
                .param("workspace", workspace)
                .param("key", item.key())
                .param("value", item.value())
                .param("updater", caller.personId())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }
}
