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
 * @param lines where what is found goes as soon as it is known; null where the report alone is asked for
 */
public record ConnectionTrial(AuditedAction action, Probe probe, ObjectStore store, TestLines lines) {
    ConnectionTrial(AuditedAction action, Probe probe, ObjectStore store) {
        this(action, probe, store, null);
    }

    /** The same, told line by line. */
    ConnectionTrial told(TestLines to) {
        var noted = new Probe(probe.stores(), probe.access(), probe.request(), to::tell);
        return new ConnectionTrial(action, noted, store, to);
    }

    /** Where the probe has left an object of its own that can be removed through the registered connection; else null. */
    public Place left(ProbeReport report) {
        return store == null || report.left() == null
                ? null
                : new Place(store, probe.request().bucket(), report.left());
    }
}
