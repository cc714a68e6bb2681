package dev.wharf.s3;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** In which buckets of a store {@code If-None-Match} has been seen to keep PutObject from overwriting. */
final class ConditionalPuts {
    private final Map<String, Boolean> kept = new ConcurrentHashMap<>();

    boolean areUnknown(String bucket) {
        return !kept.containsKey(bucket);
    }

    boolean areKept(String bucket) {
        return kept.getOrDefault(bucket, false);
    }

    void learn(String bucket, boolean areKept) {
        kept.put(bucket, areKept);
    }
}
