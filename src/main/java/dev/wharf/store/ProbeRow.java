package dev.wharf.store;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How one operation went.
 *
 * @param operation which one, such as {@code listObjects}
 * @param needed whether the connection does not work without it
 * @param bucket the bucket, or null where none is meant
 * @param key the key or prefix, or null where none is meant
 * @param action the IAM action that allows it, or null where none does
 * @param resource what the action is needed on, as a policy names it, or null
 * @param field of the connection, which of its fields to look at, such as {@code params.region}; null where none is to blame
 * @param message what was found, and what to do
 */
public record ProbeRow(
        String operation,
        Outcome outcome,
        boolean needed,
        String bucket,
        String key,
        String action,
        String resource,
        String field,
        String message) {

    /** How an operation can go. */
    public enum Outcome {
        @JsonProperty("allowed")
        ALLOWED,
        /** The key pair lacks a permission. */
        @JsonProperty("denied")
        DENIED,
        /** Anything else that stands in the way: region, clock, certificate, key pair, what the store cannot do. */
        @JsonProperty("wrong")
        WRONG,
        @JsonProperty("skipped")
        SKIPPED
    }

    public ProbeRow withMessage(String other) {
        return new ProbeRow(operation, outcome, needed, bucket, key, action, resource, field, other);
    }

    /** The same operation, which has gone well after all. */
    ProbeRow allowed(String message) {
        return new ProbeRow(operation, Outcome.ALLOWED, needed, bucket, key, action, resource, null, message);
    }

    public boolean failed() {
        return outcome == Outcome.DENIED || outcome == Outcome.WRONG;
    }
}
