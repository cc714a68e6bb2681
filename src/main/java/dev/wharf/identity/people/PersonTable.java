package dev.wharf.identity.people;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of people, their memberships and roles. */
public final class PersonTable {
    private final Database database;

    public PersonTable(Database database) {
        this.database = database;
    }

    /**
     * Adds a person to a workspace; to be called in a transaction.
     *
     * @param passwordHash null for none
     */
    public Person insert(
            long workspaceId, String email, String name, Set<String> roles, String passwordHash, Instant now) {
        long person = database.insert(database.sql("identity/insert-person")
                .param("uuid", UUID.randomUUID().toString())
                .param("email", email)
                .param("name", name)
                .param("passwordHash", passwordHash)
                .param("now", Timestamp.from(now)));
        long membership = database.insert(database.sql("identity/insert-membership")
                .param("workspace", workspaceId)
                .param("person", person)
                .param("now", Timestamp.from(now)));
        insertRoles(membership, roles);
        return find(workspaceId, person).orElseThrow();
    }

    private void insertRoles(long membershipId, Set<String> roles) {
        for (String role : roles) {
            database.sql("identity/insert-role")
                    .param("membership", membershipId)
                    .param("role", role)
                    .update();
        }
    }

    public Optional<Person> find(long workspaceId, long personId) {
        return database
                .sql("identity/find-person")
                .param("workspace", workspaceId)
                .param("person", personId)
                .query(PersonTable::people)
                .stream()
                .findFirst();
    }

    /**
     * Those whose name or address holds a text, whatever its case.
     *
     * @param email the whole address; null for any
     */
    List<Person> list(long workspaceId, String part, String email, int limit, int offset) {
        return wanted("identity/list-people", workspaceId, part, email)
                .param("limit", limit)
                .param("offset", offset)
                .query(PersonTable::people);
    }

    long count(long workspaceId, String part, String email) {
        return wanted("identity/count-people", workspaceId, part, email)
                .query(Long.class)
                .single();
    }

    private JdbcClient.StatementSpec wanted(String statement, long workspaceId, String part, String email) {
        return database.sql(statement)
                .param("workspace", workspaceId)
                .param("part", part.toLowerCase(Locale.ROOT))
                .param("anybody", email == null)
                .param("email", email == null ? "" : email.toLowerCase(Locale.ROOT));
    }

    /**
     * Changes a person; to be called in a transaction.
     *
     * @param passwordHash null to keep the password
     * @param session in which a new one was chosen, which goes on; null for none
     */
    void update(Person person, PersonChange change, String passwordHash, String session, Instant now) {
        database.sql("identity/update-person")
                .param("person", person.id())
                .param("name", change.name())
                .param("passwordHash", passwordHash)
                .param("now", Timestamp.from(now))
                .update();
        boolean disabled = Boolean.TRUE.equals(change.isDisabled());
        if (disabled || passwordHash != null) {
            database.sql("identity/delete-sessions")
                    .param("membership", person.membershipId())
                    .param("disabled", disabled)
                    .param("session", session == null ? "" : session)
                    .update();
        }
        if (change.isDisabled() != null) {
            database.sql("identity/disable")
                    .param("membership", person.membershipId())
                    .param("disabled", change.isDisabled())
                    .update();
        }
        if (change.roles() != null) {
            database.sql("identity/delete-roles")
                    .param("membership", person.membershipId())
                    .update();
            insertRoles(person.membershipId(), change.roles());
        }
    }

    /** How many can administer the workspace: those who are disabled cannot. */
    long countAdministrators(long workspaceId) {
        return database.sql("identity/count-administrators")
                .param("workspace", workspaceId)
                .param("role", Caller.WORKSPACE_ADMIN)
                .query(Long.class)
                .single();
    }

    /** One row a role, and one without a role for a member who has none. */
    private static List<Person> people(ResultSet rows) throws SQLException {
        Map<Long, Person> people = new LinkedHashMap<>();
        while (rows.next()) {
            var person = people.get(rows.getLong("id"));
            if (person == null) {
                person = person(rows);
                people.put(person.id(), person);
            }
            String role = rows.getString("role_name");
            if (role != null) {
                person.roles().add(role);
            }
        }
        return new ArrayList<>(people.values());
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                row.getLong("id"),
                row.getString("uuid"),
                row.getString("email"),
                row.getString("name"),
                row.getLong("membership_id"),
                row.getLong("workspace_id"),
                row.getBoolean("is_disabled"),
                new HashSet<>(),
                StorageFolders.Folders.of(row, row.getString("email")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
