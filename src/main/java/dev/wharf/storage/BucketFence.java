package dev.wharf.storage;

import dev.wharf.store.StoreException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The buckets that somebody may use in a store, whatever the key pair could reach ({@code domain.md} §4.2,
 * <i>extraBuckets</i>).
 *
 * @param buckets in the order in which they are shown; null for all that the key pair reaches
 */
public record BucketFence(List<String> buckets) {
    /** Among the extra buckets: all that the key pair reaches. */
    static final String ANY = "*";

    /** An external connection's: its key pair is fence enough. */
    public static final BucketFence NONE = new BucketFence(null);

    /**
     * @param defaultBucket shown first; null for none
     */
    public static BucketFence around(String defaultBucket, List<String> extraBuckets) {
        if (extraBuckets.contains(ANY)) {
            return NONE;
        }
        Set<String> buckets = new LinkedHashSet<>();
        if (defaultBucket != null) {
            buckets.add(defaultBucket);
        }
        buckets.addAll(extraBuckets);
        return new BucketFence(List.copyOf(buckets));
    }

    boolean admits(String bucket) {
        return buckets == null || buckets.contains(bucket);
    }

    /**
     * @throws StoreException DENIED for a bucket that is outside
     */
    public void require(String bucket) {
        if (!admits(bucket)) {
            throw new StoreException(
                    StoreException.Kind.DENIED,
                    "Bucket " + bucket + " is not part of base storage, which is " + String.join(", ", buckets)
                            + "; an administrator can add it to extraBuckets (/v4/awsConfigs), or register a connection");
        }
    }
}
