package dev.wharf.identity.people;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.problem.Text;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.dao.DataIntegrityViolationException;

/** The people of a workspace ({@code domain.md} §3.9): all see all, administrators add and change them. */
public final class People {
    private static final int MAX_FILTER = 320;

    private final Database database;
    private final PersonTable table;
    private final StorageFolders folders;
    private final Executions executions;
    private final AuditTrail trail;
    private final Clock clock;

    public People(Database database, Executions executions, AuditTrail trail, Clock clock) {
        this.database = database;
        this.table = new PersonTable(database);
        this.folders = new StorageFolders(database);
        this.executions = executions;
        this.trail = trail;
        this.clock = clock;
    }

    @Operation("getCurrentPerson")
    public PersonView current(Caller caller) {
        return PersonView.of(require(caller.workspaceId(), caller.personId()));
    }

    /**
     * @throws ProblemException 404 if there is no such person in the caller's workspace
     */
    @Operation("getPerson")
    public PersonView get(Caller caller, long id) {
        return PersonView.of(require(caller.workspaceId(), id));
    }

    /**
     * Whose storage somebody may see and change: their own, and administrators everybody's.
     *
     * @param id a number, or {@code current}
     * @throws ProblemException 403 for another person's, unless the caller is an administrator; 404 as above
     */
    public Caller storageOwner(Caller caller, String id) {
        long personId = Ids.isCurrent(id) ? caller.personId() : Ids.parse("person", id);
        if (personId != caller.personId()) {
            caller.requireWorkspaceAdmin("see or change the storage of another person");
        }
        return require(caller.workspaceId(), personId).byItself();
    }

    private Person require(long workspaceId, long personId) {
        return table.find(workspaceId, personId).orElseThrow(() -> Ids.notFound("person", personId));
    }

    /**
     * Those whose name or address holds {@code filter}, and whose address is {@code email}, whatever their case, oldest
     * first; also those who are disabled.
     */
    @Operation("listPeople")
    public Page<PersonView> list(Caller caller, Query query) {
        String filter = query.get("filter")
                .filter(text -> !text.isEmpty())
                .map(text -> Text.name("filter", text, MAX_FILTER))
                .orElse("");
        String email = query.text("email").orElse(null);
        return Page.of(
                query,
                (limit, offset) -> table.list(caller.workspaceId(), filter, email, limit, offset).stream()
                        .map(PersonView::of)
                        .toList(),
                () -> table.count(caller.workspaceId(), filter, email));
    }

    /**
     * Adds a person to the caller's workspace.
     *
     * @param executionId {@code x-execution-id}, or null: the same one again adds nobody
     * @throws ProblemException 403 if the caller is no administrator; 409 if there is somebody with this address
     */
    @Operation("createPerson")
    public PersonView create(Caller caller, PersonRequest request, String executionId) {
        return trail.attempt(caller, AuditedAction.of("createPerson"), () -> insert(caller, request, executionId));
    }

    private PersonView insert(Caller caller, PersonRequest request, String executionId) {
        caller.requireWorkspaceAdmin("add people");
        String passwordHash = hash(request.password());
        try {
            // The request's text shows no password.
            return executions.once(caller.workspaceId(), caller.personId(), executionId, request.toString(), () -> {
                Instant now = clock.instant();
                touch(caller.workspaceId(), now);
                Person person = table.insert(
                        caller.workspaceId(), request.email(), request.name(), request.roles(), passwordHash, now);
                trail.record(caller, AuditedAction.of("createPerson"), request.summary(person.id()));
                return PersonView.of(person);
            });
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new ProblemException(
                        Problem.CONFLICT, "email: there is already a person with the address " + request.email());
            }
            throw e;
        }
    }

    /**
     * Changes a person. Their tokens, sessions and passwords are refused from the moment they are disabled, and good
     * again when they are enabled; jobs that run for them are left alone.
     *
     * @param workspaceId a number, or {@code current}
     * @throws ProblemException 403 if the caller is no administrator, but for one's own name, password and folders; 404 if
     *     there is no such person; 400 if it is to have another address; 409 if nobody would be left to administer the workspace, or somebody else has the
     *     output home directory; 412 if it is no longer the version that {@code If-Match} names
     */
    @Operation({"updatePerson", "putPerson"})
    public Changed update(Caller caller, String workspaceId, long id, PersonChange change, IfMatch believed) {
        long workspace = Workspaces.require(caller, workspaceId);
        return trail.attempt(
                caller, AuditedAction.of("updatePerson"), () -> update(caller, workspace, id, change, believed));
    }

    private Changed update(Caller caller, long workspaceId, long personId, PersonChange change, IfMatch believed) {
        if (change.concernsRights() || personId != caller.personId()) {
            caller.requireWorkspaceAdmin("disable people, change their authorizationRoles, or change another person");
        }
        String passwordHash = hash(change.password());
        // As precise as both databases store it: what is answered is the version that is read afterwards.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.inTransaction(() -> {
            // Changes of one workspace's people come one after the other: two administrators cannot remove each other.
            touch(workspaceId, now);
            Person person = require(workspaceId, personId);
            believed.require(person.updatedAt());
            change.requireSameAddress(person);
            table.update(person, change, passwordHash, caller.origin().tokenId(), now);
            folders.change(person, change.outputHomeDir(), change.uploadDir());
            if (table.countAdministrators(workspaceId) == 0) {
                throw new ProblemException(
                        Problem.CONFLICT,
                        "Person " + personId + " is the last who can administer the workspace: give the role "
                                + Caller.WORKSPACE_ADMIN + " to somebody else first");
            }
            trail.record(caller, AuditedAction.of("updatePerson"), change.summary(personId));
            return new Changed(personId, new Reference(caller.personId()), person.createdAt(), now);
        });
    }

    private void touch(long workspaceId, Instant now) {
        database.sql("identity/touch-workspace")
                .param("workspace", workspaceId)
                .param("now", Timestamp.from(now))
                .update();
    }

    private static String hash(Secret password) {
        return password == null ? null : Passwords.hash(password.value());
    }
}
