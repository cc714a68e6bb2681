package dev.wharf.connections;

import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.sql.Database;
import dev.wharf.storage.AwsConfig;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** All key pairs of the registry, to be encrypted anew under the present key. */
public final class StoredKeyPairs {
    private final Database database;
    private final Secrets secrets;

    public StoredKeyPairs(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /**
     * A table of secrets.
     *
     * @param rows the statement that selects them from an id on
     * @param update the statement that replaces them
     */
    private enum Table {
        CREDENTIALS("connections/credentials-after", "connections/reencrypt-credential") {
            @Override
            String context(ResultSet row) throws SQLException {
                return CredentialTable.context(row.getString("uuid"), row.getLong("person_id"));
            }
        },
        AWS_CONFIGS("storage/aws-configs-after", "storage/reencrypt-aws-config") {
            @Override
            String context(ResultSet row) throws SQLException {
                return AwsConfig.context(row.getString("uuid"), row.getString("holder"));
            }
        };

        private final String rows;
        private final String update;

        Table(String rows, String update) {
            this.rows = rows;
            this.update = update;
        }

        /** What its secrets are tied to. */
        abstract String context(ResultSet row) throws SQLException;
    }

    private record Row(
            Table table, long id, String context, String accessKeyId, String secretAccessKey, String externalId) {}

    /**
     * Encrypts anew what was encrypted under another key. What is done stays done: after a failure, or a kill, the next
     * call goes on.
     *
     * @return how many were changed
     * @throws IllegalStateException if one does not decrypt; it is named, and left as it is
     */
    public int reencrypt() {
        return old().mapToInt(this::reencrypt).sum();
    }

    /** Whether all are encrypted under the present key. */
    public boolean areCurrent() {
        return old().findAny().isEmpty();
    }

    /** Those that are encrypted under another key, read page by page. */
    private Stream<Row> old() {
        return Stream.of(Table.values()).flatMap(this::rows).filter(row -> !isCurrent(row));
    }

    private Stream<Row> rows(Table table) {
        return Stream.iterate(
                        after(table, 0),
                        rows -> !rows.isEmpty(),
                        rows -> after(table, rows.get(rows.size() - 1).id()))
                .flatMap(List::stream);
    }

    private boolean isCurrent(Row row) {
        return Stream.of(row.accessKeyId(), row.secretAccessKey(), row.externalId())
                .filter(Objects::nonNull)
                .allMatch(secrets::isCurrent);
    }

    private List<Row> after(Table table, long id) {
        return database.sql(table.rows)
                .param("after", id)
                .query((row, number) -> new Row(
                        table,
                        row.getLong("id"),
                        table.context(row),
                        row.getString("access_key_id"),
                        row.getString("secret_access_key"),
                        row.getString("external_id")))
                .list();
    }

    private int reencrypt(Row row) {
        try {
            return database.sql(row.table().update)
                    .param("id", row.id())
                    .param("seenAccessKeyId", row.accessKeyId())
                    .param("seenSecretAccessKey", row.secretAccessKey())
                    .param("accessKeyId", anew(row.accessKeyId(), row.context()))
                    .param("secretAccessKey", anew(row.secretAccessKey(), row.context()))
                    .param("externalId", row.externalId() == null ? null : anew(row.externalId(), row.context()))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The key pair of " + row.context() + " does not decrypt with this keyset", e);
        }
    }

    private String anew(String encrypted, String context) throws GeneralSecurityException {
        return secrets.encrypt(secrets.decrypt(encrypted, context), context);
    }
}
