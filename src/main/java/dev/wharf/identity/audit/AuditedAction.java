package dev.wharf.identity.audit;

/**
 * What somebody did or tried, for the record.
 *
 * @param operation the {@code operationId} of a change, or the name of what was done in a store
 * @param connectionId the connection, or null for base storage and where none is concerned
 * @param bucket the bucket, or null where none is concerned
 * @param key the object's key or the prefix of keys; null where none is concerned
 */
public record AuditedAction(String operation, Long connectionId, String bucket, String key) {
    /** What concerns no connection. */
    public static AuditedAction of(String operation) {
        return new AuditedAction(operation, null, null, null);
    }

    /** What concerns a connection as such. */
    public static AuditedAction on(Long connectionId, String operation) {
        return new AuditedAction(operation, connectionId, null, null);
    }
}
