package dev.wharf.webhooks;

import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.sql.Database;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;

/** All that is kept encrypted of webhooks, to be encrypted anew under another key. */
public final class StoredWebhooks {
    private final Database database;
    private final Secrets secrets;

    public StoredWebhooks(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    private record Row(long id, String uuid, String target) {}

    /**
     * Encrypts anew what was encrypted under another key. What is done stays done.
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

    private Stream<Row> old() {
        return Stream.iterate(
                        after(0),
                        rows -> !rows.isEmpty(),
                        rows -> after(rows.get(rows.size() - 1).id()))
                .flatMap(List::stream)
                .filter(row -> !secrets.isCurrent(row.target()));
    }

    private List<Row> after(long id) {
        return database.sql("webhooks/after")
                .param("after", id)
                .query((row, number) -> new Row(row.getLong("id"), row.getString("uuid"), row.getString("target")))
                .list();
    }

    private int reencrypt(Row row) {
        try {
            return database.sql("webhooks/reencrypt")
                    .param("id", row.id())
                    .param("seen", row.target())
                    .param(
                            "target",
                            WebhookTarget.decrypt(secrets, row.target(), row.uuid())
                                    .encrypt(secrets, row.uuid()))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The webhook " + row.id() + " does not decrypt with this keyset", e);
        }
    }
}
