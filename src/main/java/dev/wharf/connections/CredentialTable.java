package dev.wharf.connections;

import dev.wharf.credentials.Credential;
import dev.wharf.credentials.CredentialColumns;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** The rows of credentials, one for each person of a connection. */
final class CredentialTable {
    private final Database database;
    private final CredentialColumns columns;

    CredentialTable(Database database, Secrets secrets) {
        this.database = database;
        this.columns = new CredentialColumns(secrets);
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
        return columns.bind(database.sql(statement), context, credential.pair(), credential.role())
                .param("connection", connectionId)
                .param("person", personId)
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
                .query((row, number) -> new Credential(
                        columns.pair(row, context),
                        columns.role(row, context),
                        Credential.encryption(row.getString("server_side_encryption")),
                        row.getString("kms_key_id")))
                .optional();
    }

    /** Ties a secret to its connection and person: in another row it does not decrypt. */
    static String context(String connectionUuid, long personId) {
        return "connection " + connectionUuid + " person " + personId;
    }
}
