package dev.wharf.connections;

import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.Probe;
import dev.wharf.store.ProbeReport;

/**
 * A connection that somebody may try, and how.
 *
 * @param action for the record
 * @param probe what is tried; it has clients of its own
 * @param store the connection's store, opened for whoever tries it; null where the connection is not registered, or something else
 *     than what is registered is tried
 */
public record ConnectionTrial(AuditedAction action, Probe probe, ObjectStore store) {
    /** Where the probe has left an object of its own that can be removed through the registered connection; else null. */
    public Place left(ProbeReport report) {
        return store == null || report.left() == null
                ? null
                : new Place(store, probe.request().bucket(), report.left());
    }
}
