package dev.wharf.storage;

import dev.wharf.credentials.Role;
import dev.wharf.credentials.RoleRules;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.People;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.storage.AwsConfigTable.Content;
import dev.wharf.store.StoreAccess;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;

/** Says with what base storage is used ({@code domain.md} §3.9): a workspace for all, or each person. */
public final class AwsConfigChanges {
    private final Database database;
    private final AwsConfigTable table;
    private final BaseStorages storages;
    private final RoleRules roles;
    private final Settings.Storage settings;
    private final People people;
    private final AuditTrail trail;
    private final Clock clock;

    public AwsConfigChanges(
            Database database,
            AwsConfigTable table,
            BaseStorages storages,
            RoleRules roles,
            Settings.Storage settings,
            People people,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.table = table;
        this.storages = storages;
        this.roles = roles;
        this.settings = settings;
        this.people = people;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Stores what a workspace, or a person, uses base storage with.
     *
     * @throws ProblemException 403 for the workspace's, another person's, or a role, by one who is no administrator; 400
     *     for a malformed field, or a person's in system mode; 409 if there is one already
     */
    @Operation(value = "createAwsConfig", waitsForStores = true)
    public AwsConfigView create(Caller caller, AwsConfigRequest request) {
        return trail.attempt(caller, AuditedAction.of("createAwsConfig"), () -> insert(caller, request));
    }

    private AwsConfigView insert(Caller caller, AwsConfigRequest request) {
        Long person = holder(caller, request);
        requireCounting(person);
        Content content = content(caller, request, person, null);
        table.of(caller.workspaceId(), person).ifPresent(known -> {
            throw taken(caller, known);
        });
        try {
            return database.inTransaction(() -> {
                long id = table.insert(caller.workspaceId(), person, content, caller.personId(), clock.instant());
                requireSound(caller.workspaceId(), person);
                trail.record(
                        caller, AuditedAction.of("createAwsConfig"), summary(caller.workspaceId(), person, request));
                return AwsConfigView.of(table.find(caller.workspaceId(), id).orElseThrow());
            });
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw table.of(caller.workspaceId(), person)
                        .map(known -> taken(caller, known))
                        .orElseThrow(() -> e);
            }
            throw e;
        }
    }

    /**
     * Base storage as {@link #create} would have it; nothing is stored.
     *
     * @throws ProblemException as there, but for one that there is already
     */
    public BaseStorage created(Caller caller, AwsConfigRequest request) {
        Long person = holder(caller, request);
        requireCounting(person);
        return storages.by(AwsConfig.unsaved(caller.workspaceId(), person, content(caller, request, person, null)));
    }

    /**
     * Base storage as {@link #update} would have it; nothing is changed.
     *
     * @throws ProblemException as there
     */
    public BaseStorage updated(Caller caller, long id, AwsConfigRequest request) {
        AwsConfig seen = table.require(caller, id);
        return storages.by(AwsConfig.unsaved(
                seen.workspaceId(), seen.personId(), content(caller, request, seen.personId(), seen)));
    }

    private void requireCounting(Long personId) {
        if (personId != null && !settings.perPerson()) {
            throw ProblemException.invalid(
                    "workspaceId",
                    "is missing: in system mode only the workspace's awsConfig counts, which administrators set; with"
                            + " wharf.storage.mode=user each person would have their own");
        }
    }

    private static ProblemException taken(Caller caller, AwsConfig known) {
        String whose = "The workspace has";
        if (known.personId() != null) {
            whose = known.personId() == caller.personId() ? "You have" : "Person " + known.personId() + " has";
        }
        return new ProblemException(
                Problem.CONFLICT, whose + " an awsConfig already: change it (PUT /v4/awsConfigs/" + known.id() + ")");
    }

    /** Whose it becomes: a person's id, or null for the workspace. */
    private Long holder(Caller caller, AwsConfigRequest request) {
        if (request.workspaceId() != null) {
            if (request.workspaceId() != caller.workspaceId()) {
                throw Ids.notFound("workspace", request.workspaceId());
            }
            return null;
        }
        if (request.personId() == null) {
            return caller.personId();
        }
        return people.get(caller, request.personId()).id();
    }

    /**
     * Changes what the body names.
     *
     * @throws ProblemException 404 if the caller has none of this id; 412 if it is no longer the version that {@code If-Match}
     *     names; else as {@link #create}
     */
    @Operation(value = "putAwsConfig", waitsForStores = true)
    public Changed update(Caller caller, long id, AwsConfigRequest request, IfMatch believed) {
        return trail.attempt(caller, AuditedAction.of("putAwsConfig"), () -> {
            AwsConfig seen = table.require(caller, id);
            Content content = content(caller, request, seen.personId(), seen);
            // As precise as both databases store it: what is answered is the version that is read afterwards.
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Timestamp known = believed.require(seen.updatedAt());
            database.inTransaction(() -> {
                // Changed first: who is about to import from it waits for the end of this, or this for theirs.
                table.update(seen, content, caller.personId(), now, known);
                requireSound(seen.workspaceId(), seen.personId());
                trail.record(
                        caller,
                        AuditedAction.of("putAwsConfig"),
                        summary(seen.workspaceId(), seen.personId(), request));
            });
            return new Changed(seen.id(), new Reference(caller.personId()), seen.createdAt(), now);
        });
    }

    /**
     * Takes it away: from then on the operator's settings count, or in user mode nothing.
     *
     * @throws ProblemException 404 if the caller has none of this id; 409 if imported datasets lie in its buckets
     */
    @Operation("deleteAwsConfig")
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.of("deleteAwsConfig"), () -> {
            AwsConfig seen = table.require(caller, id);
            requireWriter(caller, seen.personId(), false);
            database.inTransaction(() -> {
                table.delete(seen);
                requireReachable(
                        seen.workspaceId(),
                        seen.personId(),
                        storages.of(seen.workspaceId(), seen.personId()).fence());
                trail.record(caller, AuditedAction.of("deleteAwsConfig"), seen.holder());
            });
        });
    }

    private Content content(Caller caller, AwsConfigRequest request, Long personId, AwsConfig seen) {
        requireWriter(caller, personId, request.role(seen));
        Role role = request.resultingRole(seen);
        if (role != null && StoreAccess.isAws(settings.endpoint())) {
            role.requireOfAws("role");
        }
        return new Content(
                request.pair(seen),
                role,
                request.defaultBucket() != null || seen == null ? request.defaultBucket() : seen.defaultBucket(),
                request.extraBuckets() != null
                        ? request.extraBuckets()
                        : seen == null ? List.of() : seen.extraBuckets());
    }

    private void requireWriter(Caller caller, Long personId, boolean role) {
        if (personId == null || personId != caller.personId()) {
            caller.requireWorkspaceAdmin("set what the workspace or another person uses base storage with");
        }
        if (role) {
            roles.require("credentialProvider", AwsConfigRequest.ROLE, AwsConfigRequest.KEY_PAIR);
            // This service assumes it as itself: whoever may say so has every role that trusts this service.
            caller.requireWorkspaceAdmin("let this service assume a role as itself (credentialProvider temporary)");
        }
    }

    /** To be called in the transaction of a change, which it undoes: what holds then has a bucket, and loses no dataset. */
    private void requireSound(long workspaceId, Long personId) {
        BaseStorage storage = storages.of(workspaceId, personId);
        if (storage.defaultBucket().isEmpty()) {
            throw ProblemException.invalid(
                    "defaultBucket", "is missing: neither an operator nor the workspace has one");
        }
        requireReachable(workspaceId, personId, storage.fence());
    }

    /** What was imported stays reachable. */
    private void requireReachable(long workspaceId, Long personId, BucketFence fence) {
        if (settings.perPerson() != (personId != null)) {
            return; // counts for nobody, in this mode
        }
        List<String> lost = table.usedBuckets(workspaceId, personId).stream()
                .filter(used -> !fence.admits(used))
                .toList();
        if (!lost.isEmpty()) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "Imported datasets lie in " + String.join(", ", lost)
                            + ": add it to extraBuckets, or delete the datasets first");
        }
    }

    private static String summary(long workspaceId, Long personId, AwsConfigRequest request) {
        return AwsConfig.holder(workspaceId, personId) + ": " + request.summary();
    }
}
