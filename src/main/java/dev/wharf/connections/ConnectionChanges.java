package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.sql.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;

/** Changes connections, and the key pairs with which they are used. */
public final class ConnectionChanges {
    private static final int TRIES = 5;

    private final Database database;
    private final ConnectionTable table;
    private final ConnectionRules rules;
    private final BucketRegions regions;
    private final AuditTrail trail;
    private final Clock clock;

    public ConnectionChanges(
            Database database,
            ConnectionTable table,
            ConnectionRules rules,
            BucketRegions regions,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.table = table;
        this.rules = rules;
        this.regions = regions;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Changes what the body names, and leaves the rest ({@code PATCH}). A new key pair counts from the next request on;
     * what is under way ends with the one that it began with. Where each person has their own pair, {@code credentials}
     * are the caller's, and whoever may use the connection may send them alone.
     *
     * @throws ProblemException 404 if the caller has no such connection; 403 if they may not change it; 400 if a field is
     *     malformed or cannot be changed; 409 if the owner has another connection of that name, or others keep changing
     *     this one at the same time; 412 if it is no longer the version that {@code If-Match} names
     */
    @Operation(value = "patchConnection", waitsForStores = true)
    public Changed patch(Caller caller, long id, ConnectionPatch patch, IfMatch believed) {
        patch.requireFields();
        return change(caller, id, patch, false, believed);
    }

    /** Replaces all that the body can hold ({@code PUT}); secrets that are missing or masked stay. */
    @Operation(value = "putConnection", waitsForStores = true)
    public Changed put(Caller caller, long id, ConnectionPatch patch, IfMatch believed) {
        return change(caller, id, patch, true, believed);
    }

    private Changed change(Caller caller, long id, ConnectionPatch patch, boolean whole, IfMatch believed) {
        var action = AuditedAction.on(id, whole ? "putConnection" : "patchConnection");
        return trail.attempt(caller, action, () -> change(caller, action, patch, whole, believed));
    }

    private Changed change(
            Caller caller, AuditedAction action, ConnectionPatch patch, boolean whole, IfMatch believed) {
        long id = action.connectionId();
        for (int tries = 0; tries < TRIES; tries++) {
            var revision = Revision.of(table, rules, caller, id, patch, whole);
            believed.require(revision.seen().updatedAt());
            var located = regions.locate(revision.seen(), revision.request());
            Optional<Changed> changed = store(caller, action, revision, located, patch.summary());
            if (changed.isPresent()) {
                return changed.get();
            }
        }
        throw new ProblemException(
                Problem.CONFLICT,
                "Connection " + id + " is being changed by others at the same time; read it and try again");
    }

    /** Empty if somebody else was quicker. */
    private Optional<Changed> store(
            Caller caller, AuditedAction action, Revision revision, ConnectionRequest request, String summary) {
        Connection seen = revision.seen();
        boolean ownPairOnly = revision.ownPairOnly();
        // As precise as both databases store it: it is compared with what they give back.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            return database.inTransaction(() -> {
                if (!ownPairOnly && !table.update(seen, request, caller.personId(), now)) {
                    return Optional.<Changed>empty();
                }
                if (request.credential() != null) {
                    table.credentials().put(seen, revision.credentialOwner(caller), request.credential(), now);
                }
                trail.record(caller, action, summary);
                return Optional.of(new Changed(
                        seen.id(),
                        new Reference(ownPairOnly ? seen.updaterId() : caller.personId()),
                        seen.createdAt(),
                        ownPairOnly ? seen.updatedAt() : now));
            });
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new ProblemException(
                        Problem.CONFLICT,
                        "name: the connection's owner already has a connection named \"" + request.name() + "\"");
            }
            throw e;
        }
    }
}
