package dev.wharf.store;

import java.util.function.Consumer;

/**
 * A store that is to be tried, as routes hand it to {@code store:probe}.
 *
 * @param access registered or not: nothing of it is kept, and its secret is in no text
 * @param noted is given each row as soon as it is known; may not throw
 */
public record Probe(ObjectStores stores, StoreAccess access, ProbeRequest request, Consumer<ProbeRow> noted) {
    public Probe(ObjectStores stores, StoreAccess access, ProbeRequest request) {
        this(stores, access, request, row -> {});
    }

    /** {@link ObjectStores#probe}. */
    public ProbeReport run() {
        return stores.probe(access, request, noted);
    }
}
