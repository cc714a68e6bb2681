package dev.wharf.s3.client;

import dev.wharf.store.StoreAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The clients, one per distinct access. A client is closed when nothing runs on it and its access was replaced, or when
 * nothing has run on it for ten minutes: with keys per person there can be many, and a person does not say goodbye.
 */
public final class SdkClients implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(10);

    /** Whose client it is: a connection has one pair of keys for all, or one for each person, or a role's sessions for each. */
    private record Holder(Long connectionId, String credentials) {
        static Holder of(StoreAccess access) {
            return new Holder(access.connectionId(), access.credentials().holder());
        }
    }

    private static final class Entry {
        private final StoreClient client;
        private int leases;
        private Instant lastUsed = Instant.now();

        Entry(StoreClient client) {
            this.client = client;
        }
    }

    private final Function<StoreAccess, StoreClient> factory;
    private final Map<StoreAccess, Entry> entries = new HashMap<>();
    private final Map<Holder, StoreAccess> current = new HashMap<>();
    private boolean closed;

    public SdkClients(Function<StoreAccess, StoreClient> factory) {
        this.factory = factory;
    }

    /** From now on this is the access of its connection and key pair; another one is on its way out. */
    public synchronized void use(StoreAccess access) {
        current.put(Holder.of(access), access);
        Instant since = Instant.now().minus(IDLE);
        current.values().removeIf(known -> !known.equals(access) && idleSince(known, since));
        closeUnused(known -> !isCurrent(known));
    }

    /**
     * A client for this access, also if it has been replaced in between: work that began with it ends with it.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public synchronized ClientLease lease(StoreAccess access) {
        if (closed) {
            throw new IllegalStateException("Connection pool shut down");
        }
        Entry entry = entries.computeIfAbsent(access, missing -> new Entry(factory.apply(missing)));
        entry.leases++;
        current.putIfAbsent(Holder.of(access), access);
        return new ClientLease(access, entry.client, () -> release(access, entry));
    }

    public synchronized void forget(long connectionId) {
        current.keySet().removeIf(holder -> Objects.equals(holder.connectionId(), connectionId));
        closeUnused(known -> !isCurrent(known));
    }

    /** Clients that are open, for tests and metrics. */
    public synchronized int size() {
        return entries.size();
    }

    /** Bodies that are open, for tests. */
    public synchronized int bodies() {
        return entries.values().stream()
                .mapToInt(entry -> entry.client.bodies().count())
                .sum();
    }

    @Override
    public synchronized void close() {
        closed = true;
        entries.values().forEach(entry -> entry.client.close());
        entries.clear();
        current.clear();
    }

    private synchronized void release(StoreAccess access, Entry entry) {
        entry.leases--;
        entry.lastUsed = Instant.now();
        if (entry.leases == 0 && !isCurrent(access) && entries.remove(access, entry)) {
            entry.client.close();
        }
    }

    private void closeUnused(Predicate<StoreAccess> unwanted) {
        for (Iterator<Map.Entry<StoreAccess, Entry>> each = entries.entrySet().iterator(); each.hasNext(); ) {
            var known = each.next();
            if (known.getValue().leases == 0 && unwanted.test(known.getKey())) {
                known.getValue().client.close();
                each.remove();
            }
        }
    }

    private boolean idleSince(StoreAccess access, Instant since) {
        Entry entry = entries.get(access);
        return entry == null || entry.leases == 0 && entry.lastUsed.isBefore(since);
    }

    private boolean isCurrent(StoreAccess access) {
        return access.equals(current.get(Holder.of(access)));
    }
}
