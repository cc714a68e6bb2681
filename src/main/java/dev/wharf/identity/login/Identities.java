package dev.wharf.identity.login;

import dev.wharf.identity.Caller;
import dev.wharf.identity.CallerTable;
import dev.wharf.identity.people.Person;
import dev.wharf.identity.people.PersonTable;
import dev.wharf.identity.tokens.NewToken;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;

/** Who is who: finds the members for whom jobs run, and makes the first administrator. */
public final class Identities {
    private final Database database;
    private final CallerTable callers;
    private final PersonTable people;
    private final Clock clock;

    public Identities(Database database, Clock clock) {
        this.database = database;
        this.callers = new CallerTable(database);
        this.people = new PersonTable(database);
        this.clock = clock;
    }

    /** The member with this person-workspace id; also one who was disabled, whose jobs come to their end. */
    public Optional<Caller> byMembership(long membershipId) {
        return callers.byMembership(membershipId, true);
    }

    /** The member with an address in lower case who is not disabled. */
    public Optional<Caller> byAddress(String email) {
        return callers.byAddress(email);
    }

    /** The same, unless the person was disabled. */
    public Optional<Caller> activeMember(long membershipId) {
        return callers.byMembership(membershipId, false);
    }

    /**
     * Makes the workspace, its administrator and a token, unless there is a workspace already. Of many nodes that
     * start on one empty registry, one does it.
     *
     * @return the token, which is shown now or never; empty if there was nothing to do
     */
    public Optional<String> bootstrap() {
        try {
            return database.inTransaction(() -> {
                long workspaces = database.sql("identity/count-workspaces")
                        .query(Long.class)
                        .single();
                return workspaces > 0 ? Optional.<String>empty() : Optional.of(firstAdministrator());
            });
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String firstAdministrator() {
        Instant now = clock.instant();
        long workspace = database.insert(database.sql("identity/insert-workspace")
                .param("uuid", UUID.randomUUID().toString())
                .param("name", "Workspace")
                .param("now", Timestamp.from(now)));
        Person administrator = people.insert(
                workspace,
                "admin@localhost",
                "Administrator",
                Set.of(Caller.WORKSPACE_ADMIN, Caller.DATA_ADMIN),
                null,
                now);
        return NewToken.insert(database, administrator.membershipId(), "First administrator", now, null)
                .tokenValue();
    }
}
