package dev.wharf.store;

/**
 * A store that is to be tried, as routes hand it to {@code store:probe}.
 *
 * @param access registered or not: nothing of it is kept, and its secret is in no text
 */
public record Probe(ObjectStores stores, StoreAccess access, ProbeRequest request) {
    /** {@link ObjectStores#probe}. */
    public ProbeReport run() {
        return stores.probe(access, request);
    }
}
