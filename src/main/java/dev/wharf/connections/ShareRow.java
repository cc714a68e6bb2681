package dev.wharf.connections;

import java.sql.Timestamp;

/** A person with whom a connection is shared, as the registry holds it. */
public record ShareRow(long id, String name, String email, String grantName, Timestamp createdAt, Timestamp updatedAt) {
    ShareView view(long connectionId) {
        return ShareView.of(
                connectionId, id, name, email, Grant.ofColumn(grantName), createdAt.toInstant(), updatedAt.toInstant());
    }
}
