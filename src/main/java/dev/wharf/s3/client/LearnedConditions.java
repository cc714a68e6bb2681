package dev.wharf.s3.client;

import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.store.StoreException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What a store has been seen to make of one kind of condition, bucket by bucket. */
public final class LearnedConditions {
    public enum Seen {
        UNKNOWN,
        /** What does not meet the condition is refused. */
        KEPT,
        IGNORED,
        /** A request that carries the condition is not carried out at all. */
        REFUSED
    }

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    public Seen in(String bucket) {
        return seen.getOrDefault(bucket, Seen.UNKNOWN);
    }

    public void learn(String bucket, Seen what) {
        seen.put(bucket, what);
    }

    /**
     * Sends a request with its condition; without it where the store knows no such condition. Who calls this has looked
     * before whether the condition holds.
     *
     * @param request sends it, with the condition if that is true
     */
    public void send(String bucket, Consumer<Boolean> request) {
        if (in(bucket) == Seen.REFUSED) {
            request.accept(false);
            return;
        }
        try {
            request.accept(true);
        } catch (StoreException e) {
            if (!StoreErrors.isNotImplemented(e)) {
                throw e;
            }
            request.accept(false);
            learn(bucket, Seen.REFUSED);
        }
    }
}
