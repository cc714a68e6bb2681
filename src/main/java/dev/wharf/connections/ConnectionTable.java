package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of connections. */
public final class ConnectionTable {
    private final Database database;
    private final CredentialTable credentials;

    public ConnectionTable(Database database, Secrets secrets) {
        this.database = database;
        credentials = new CredentialTable(database, secrets);
    }

    /** The rows of what they are used with. */
    CredentialTable credentials() {
        return credentials;
    }

    long insert(String uuid, long workspaceId, long ownerId, ConnectionRequest request, Instant now) {
        return database.inTransaction(() -> {
            long id = database.insert(database.sql("connections/insert")
                    .param("uuid", uuid)
                    .param("workspace", workspaceId)
                    .param("owner", ownerId)
                    .param("name", request.name())
                    .param("uniqueName", request.name().toLowerCase(Locale.ROOT))
                    .param("description", request.description())
                    .param("credentialType", request.credentialType())
                    .param("isGlobal", request.isGlobal())
                    .param("credentialsShared", request.credentialsShared())
                    .param("disableTypeInference", request.disableTypeInference())
                    .param("bucket", request.bucket())
                    .param("params", Json.write(request.params()))
                    .param("now", Timestamp.from(now)));
            credentials.insert(id, uuid, ownerId, request.credential(), now);
            return id;
        });
    }

    /** A connection that lives, whoever may see it. */
    Optional<Connection> find(long id) {
        return database.sql("connections/find")
                .param("id", id)
                .query(ConnectionRow.class)
                .optional()
                .map(ConnectionRow::connection);
    }

    /**
     * @throws ProblemException 404 if the caller has no such connection
     */
    GrantedConnection require(Caller caller, long id) {
        ConnectionRow row = database.sql("connections/find-for")
                .param("id", id)
                .param("workspace", caller.workspaceId())
                .param("person", caller.personId())
                .query(ConnectionRow.class)
                .optional()
                .orElse(null);
        return require(caller, id, row);
    }

    /**
     * The connection of a row as the caller has it.
     *
     * @param row what was found of this number for this caller, or null
     * @throws ProblemException 404 if that is nothing, or none of their business
     */
    static GrantedConnection require(Caller caller, long id, ConnectionRow row) {
        return Optional.ofNullable(row)
                .map(found -> found.grantedTo(caller))
                .filter(granted -> granted.grant() != null)
                .orElseThrow(() -> Ids.notFound("connection", id));
    }

    /** Those that the caller sees: their own, the public ones, those shared with them; an administrator sees all. */
    List<GrantedConnection> visible(Caller caller, ConnectionList list, int limit, int offset) {
        return visible(database.rows("connections/visible", list.query()), caller, list)
                .param("limit", limit)
                .param("offset", offset)
                .query(ConnectionRow.class)
                .list()
                .stream()
                .map(row -> row.grantedTo(caller))
                .toList();
    }

    long countVisible(Caller caller, ConnectionList list) {
        return visible(database.count("connections/visible", list.query()), caller, list)
                .query(Long.class)
                .single();
    }

    private static JdbcClient.StatementSpec visible(
            JdbcClient.StatementSpec statement, Caller caller, ConnectionList list) {
        return statement
                .param("workspace", caller.workspaceId())
                .param("person", caller.personId())
                .param("admin", caller.isWorkspaceAdmin())
                .param("matches", list.matches())
                .param("role", list.role());
    }

    /**
     * Changes a connection, unless somebody else has since it was read.
     *
     * @return whether it was changed
     */
    boolean update(Connection seen, ConnectionRequest request, long updaterId, Instant now) {
        return database.sql("connections/update")
                        .param("id", seen.id())
                        .param("seen", Timestamp.from(seen.updatedAt()))
                        .param("name", request.name())
                        .param("uniqueName", request.name().toLowerCase(Locale.ROOT))
                        .param("description", request.description())
                        .param("isGlobal", request.isGlobal())
                        .param("credentialsShared", request.credentialsShared())
                        .param("disableTypeInference", request.disableTypeInference())
                        .param("bucket", request.bucket())
                        .param("params", Json.write(request.params()))
                        .param("updater", updaterId)
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    /**
     * Lets a connection not be deleted before the transaction ends.
     *
     * @throws ProblemException 404 if it was already
     */
    void keep(long id) {
        if (database.sql("connections/keep").param("id", id).update() == 0) {
            throw Ids.notFound("connection", id);
        }
    }

    /** What needs a connection, at most a hundred. */
    List<ConnectionUse> users(long id) {
        return database.sql("connections/users")
                .param("id", id)
                .param("suffix", "%?connectionId=" + id)
                .param("field", "%\"connectionId\":" + id)
                .query(ConnectionUse.class)
                .list();
    }

    /**
     * Marks a connection as deleted and destroys its key pairs; to be called in a transaction.
     *
     * @throws ProblemException 404 if somebody else was quicker
     */
    void delete(long id, Instant now) {
        int deleted = database.sql("connections/delete")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .update();
        if (deleted == 0) {
            throw Ids.notFound("connection", id);
        }
        database.sql("connections/delete-shares").param("connection", id).update();
        database.sql("connections/delete-credentials").param("connection", id).update();
    }
}
