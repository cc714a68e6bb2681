package dev.wharf.connections;

import dev.wharf.kernel.Database;
import dev.wharf.kernel.Secrets;
import java.security.GeneralSecurityException;
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

    private record Row(
            long id, String uuid, long personId, String accessKeyId, String secretAccessKey, String externalId) {}

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
        return Stream.iterate(
                        after(0),
                        rows -> !rows.isEmpty(),
                        rows -> after(rows.get(rows.size() - 1).id()))
                .flatMap(List::stream)
                .filter(row -> !isCurrent(row));
    }

    private boolean isCurrent(Row row) {
        return Stream.of(row.accessKeyId(), row.secretAccessKey(), row.externalId())
                .filter(Objects::nonNull)
                .allMatch(secrets::isCurrent);
    }

    private List<Row> after(long id) {
        return database.sql("connections/credentials-after")
                .param("after", id)
                .query((row, number) -> new Row(
                        row.getLong("id"),
                        row.getString("uuid"),
                        row.getLong("person_id"),
                        row.getString("access_key_id"),
                        row.getString("secret_access_key"),
                        row.getString("external_id")))
                .list();
    }

    private int reencrypt(Row row) {
        String context = CredentialTable.context(row.uuid(), row.personId());
        try {
            return database.sql("connections/reencrypt-credential")
                    .param("id", row.id())
                    .param("seenAccessKeyId", row.accessKeyId())
                    .param("seenSecretAccessKey", row.secretAccessKey())
                    .param("accessKeyId", anew(row.accessKeyId(), context))
                    .param("secretAccessKey", anew(row.secretAccessKey(), context))
                    .param("externalId", row.externalId() == null ? null : anew(row.externalId(), context))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The key pair of person " + row.personId() + " for the connection " + row.uuid()
                            + " does not decrypt with this keyset",
                    e);
        }
    }

    private String anew(String encrypted, String context) throws GeneralSecurityException {
        return secrets.encrypt(secrets.decrypt(encrypted, context), context);
    }
}
