package dev.wharf.connections;

import dev.wharf.kernel.Database;
import dev.wharf.kernel.Secret;
import dev.wharf.kernel.Secrets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** The rows of credentials, one for each person of a connection. Secrets are encrypted here, on the way in, and nowhere else read. */
final class CredentialTable {
    private final Database database;
    private final Secrets secrets;

    CredentialTable(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    void insert(long connectionId, String connectionUuid, long personId, Credential credential, Instant now) {
        write("connections/insert-credential", connectionId, connectionUuid, personId, credential, now);
    }

    /** Stores a person's credential, in the place of the one before. */
    void put(Connection connection, long personId, Credential credential, Instant now) {
        String uuid = connection.uuid();
        if (write("connections/update-credential", connection.id(), uuid, personId, credential, now) == 0) {
            insert(connection.id(), uuid, personId, credential, now);
        }
    }

    private int write(
            String statement, long connectionId, String uuid, long personId, Credential credential, Instant now) {
        String context = context(uuid, personId);
        KeyPair pair = credential.pair() == null ? new KeyPair("", Secret.NONE) : credential.pair();
        Role role = credential.role();
        return database.sql(statement)
                .param("connection", connectionId)
                .param("person", personId)
                .param("accessKeyId", secrets.encrypt(pair.accessKeyId(), context))
                .param("secretAccessKey", secrets.encrypt(pair.secretAccessKey().value(), context))
                .param("roleArn", role == null ? null : role.arn())
                .param(
                        "externalId",
                        role == null ? null : secrets.encrypt(role.externalId().value(), context))
                .param("encryption", credential.encryption().value())
                .param("kmsKeyId", credential.kmsKeyId())
                .param("now", Timestamp.from(now))
                .update();
    }

    boolean has(long connectionId, long personId) {
        return database.sql("connections/count-credentials")
                        .param("connection", connectionId)
                        .param("person", personId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    Optional<Credential> find(Connection connection, long personId) {
        String context = context(connection.uuid(), personId);
        return database.sql("connections/find-credential")
                .param("connection", connection.id())
                .param("person", personId)
                .query((row, number) -> read(row, context, connection))
                .optional();
    }

    private Credential read(ResultSet row, String context, Connection connection) throws SQLException {
        String accessKeyId = decrypt(row.getString("access_key_id"), context, connection);
        String secretAccessKey = decrypt(row.getString("secret_access_key"), context, connection);
        String arn = row.getString("role_arn");
        return new Credential(
                accessKeyId.isEmpty() ? null : new KeyPair(accessKeyId, new Secret(secretAccessKey)),
                arn == null
                        ? null
                        : new Role(arn, new Secret(decrypt(row.getString("external_id"), context, connection))),
                Credential.encryption(row.getString("server_side_encryption")),
                row.getString("kms_key_id"));
    }

    private String decrypt(String encrypted, String context, Connection connection) {
        try {
            return secrets.decrypt(encrypted, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key pair of connection " + connection.id() + " does not decrypt", e);
        }
    }

    /** Ties a secret to its connection and person: in another row it does not decrypt. */
    static String context(String connectionUuid, long personId) {
        return "connection " + connectionUuid + " person " + personId;
    }
}
