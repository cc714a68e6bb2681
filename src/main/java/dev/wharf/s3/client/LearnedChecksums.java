package dev.wharf.s3.client;

import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.store.StoreException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a store has been seen to make of CRC-32C checksums, bucket by bucket. It is believed once it has refused a wrong one,
 * and until it first tells another than it was sent, or none: some tell any again without looking.
 */
public final class LearnedChecksums {
    public enum Seen {
        UNKNOWN,
        /** What does not have its checksum is refused, and the checksum is kept. */
        CHECKED,
        /** Any is taken, and told again. */
        UNCHECKED,
        /** Not told again, or another. */
        UNKEPT,
        /** A request that carries one is not carried out. */
        REFUSED
    }

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Set<String> trials = ConcurrentHashMap.newKeySet();

    public Seen in(String bucket) {
        return seen.getOrDefault(bucket, Seen.UNKNOWN);
    }

    /** Whether a checksum is all that a body needs. */
    public boolean areChecked(String bucket) {
        return in(bucket) == Seen.CHECKED;
    }

    /** Whether a store is to be asked to keep them. */
    public boolean areWorthwhile(String bucket) {
        return areChecked(bucket) || in(bucket) == Seen.UNKNOWN;
    }

    /** Gives up, for good. */
    public void doubt(String bucket, Seen why) {
        seen.put(bucket, why);
    }

    /**
     * Has a wrong checksum sent, where nobody has before.
     *
     * @param wrong sends it
     */
    public void tryOnce(String bucket, Runnable wrong) {
        if (in(bucket) != Seen.UNKNOWN || !trials.add(bucket)) {
            return;
        }
        try {
            wrong.run();
            doubt(bucket, Seen.UNCHECKED);
        } catch (StoreException e) {
            if (StoreErrors.isBadRequest(e)) {
                // Whether only the wrong one is refused, the right one shows.
                seen.putIfAbsent(bucket, Seen.CHECKED);
            } else {
                trials.remove(bucket);
            }
        }
    }

    /**
     * Whether a request may have been refused for a checksum that it carried, so that it is worth a try without. Stores that
     * do not expect the header have been seen to sign it differently.
     */
    public static boolean mayBeMeant(StoreException refusal) {
        return StoreErrors.isBadRequest(refusal)
                || StoreErrors.isNotImplemented(refusal)
                || StoreErrors.isWrongSecret(refusal);
    }
}
