package dev.wharf.connections;

import dev.wharf.kernel.Database;
import dev.wharf.kernel.Json;
import dev.wharf.kernel.Secret;
import dev.wharf.kernel.Secrets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rows of connections and their key pairs. Secrets are encrypted here, on the way in, and nowhere else read. */
final class ConnectionTable {
    private final Database database;
    private final Secrets secrets;

    ConnectionTable(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
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
            insertKeyPair(id, uuid, ownerId, request.keyPair(), now);
            return id;
        });
    }

    private void insertKeyPair(long connectionId, String uuid, long personId, KeyPair pair, Instant now) {
        String context = context(uuid, personId);
        database.sql("connections/insert-credential")
                .param("connection", connectionId)
                .param("person", personId)
                .param("accessKeyId", secrets.encrypt(pair.accessKeyId(), context))
                .param("secretAccessKey", secrets.encrypt(pair.secretAccessKey().value(), context))
                .param("encryption", pair.encryption().value())
                .param("kmsKeyId", pair.kmsKeyId())
                .param("now", Timestamp.from(now))
                .update();
    }

    /** A connection that lives, whoever may see it. */
    Optional<Connection> find(long id) {
        return database.sql("connections/find")
                .param("id", id)
                .query(ConnectionTable::row)
                .optional();
    }

    /** Those that a person sees: their own and the workspace's public ones. */
    List<Connection> visible(long workspaceId, long personId, int limit, int offset) {
        return database.sql("connections/visible")
                .param("workspace", workspaceId)
                .param("person", personId)
                .param("limit", limit)
                .param("offset", offset)
                .query(ConnectionTable::row)
                .list();
    }

    long countVisible(long workspaceId, long personId) {
        return database.sql("connections/count-visible")
                .param("workspace", workspaceId)
                .param("person", personId)
                .query(Long.class)
                .single();
    }

    boolean hasKeyPair(long connectionId, long personId) {
        return database.sql("connections/count-credentials")
                        .param("connection", connectionId)
                        .param("person", personId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The names of what uses a connection, at most a hundred. */
    List<String> users(long id) {
        return database.sql("connections/users")
                .param("id", id)
                .param("suffix", "%?connectionId=" + id)
                .query(String.class)
                .list();
    }

    /** Marks a connection as deleted and destroys its key pairs. */
    void delete(long id, Instant now) {
        database.inTransaction(() -> {
            database.sql("connections/delete-credentials")
                    .param("connection", id)
                    .update();
            database.sql("connections/delete")
                    .param("id", id)
                    .param("now", Timestamp.from(now))
                    .update();
        });
    }

    Optional<KeyPair> keyPair(Connection connection, long personId) {
        String context = context(connection.uuid(), personId);
        return database.sql("connections/find-credential")
                .param("connection", connection.id())
                .param("person", personId)
                .query((row, number) -> new KeyPair(
                        decrypt(row.getString("access_key_id"), context, connection),
                        new Secret(decrypt(row.getString("secret_access_key"), context, connection)),
                        KeyPair.encryption(row.getString("server_side_encryption")),
                        row.getString("kms_key_id")))
                .optional();
    }

    private String decrypt(String encrypted, String context, Connection connection) {
        try {
            return secrets.decrypt(encrypted, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key pair of connection " + connection.id() + " does not decrypt", e);
        }
    }

    private static String context(String connectionUuid, long personId) {
        return "connection " + connectionUuid + " person " + personId;
    }

    private static Connection row(ResultSet row, int number) throws SQLException {
        return new Connection(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("workspace_id"),
                row.getLong("owner_id"),
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
