package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
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
                .query(ConnectionTable::row)
                .optional();
    }

    /** A connection of the caller's workspace as the caller has it; empty also where it is none of their business. */
    private Optional<GrantedConnection> find(Caller caller, long id) {
        return database.sql("connections/find-for")
                .param("id", id)
                .param("workspace", caller.workspaceId())
                .param("person", caller.personId())
                .query((row, number) -> granted(row, caller))
                .optional()
                .filter(granted -> granted.grant() != null);
    }

    /**
     * @throws ProblemException 404 if the caller has no such connection
     */
    GrantedConnection require(Caller caller, long id) {
        return find(caller, id).orElseThrow(() -> Ids.notFound("connection", id));
    }

    /** Those that the caller sees: their own, the public ones, those shared with them; an administrator sees all. */
    List<GrantedConnection> visible(Caller caller, ConnectionList list, int limit, int offset) {
        return visible(database.rows("connections/visible", list.query()), caller, list)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> granted(row, caller))
                .list();
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

    private static GrantedConnection granted(ResultSet row, Caller caller) throws SQLException {
        Connection connection = row(row, 0);
        Grant shared = Grant.ofColumn(row.getString("grant_name"));
        Grant given = connection.ownerId() == caller.personId()
                ? Grant.OWNER
                : shared == null && connection.isGlobal() ? Grant.VIEWER : shared;
        return new GrantedConnection(connection, given, caller.isWorkspaceAdmin());
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

    /** The names of what uses a connection, at most a hundred. */
    List<String> users(long id) {
        return database.sql("connections/users")
                .param("id", id)
                .param("suffix", "%?connectionId=" + id)
                .query(String.class)
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

    private static Connection row(ResultSet row, int number) throws SQLException {
        return new Connection(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("workspace_id"),
                row.getLong("owner_id"),
                row.getLong("updater_id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("credential_type"),
                row.getBoolean("is_global"),
                row.getBoolean("credentials_shared"),
                row.getBoolean("disable_type_inference"),
                row.getString("default_bucket"),
                Json.read(row.getString("params"), ConnectionParams.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
