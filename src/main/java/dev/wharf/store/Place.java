package dev.wharf.store;

import java.util.stream.Stream;

/**
 * Where in which store something is to be done, as routes hand it to {@code store:} in an exchange variable. The store was
 * opened for a caller beforehand, by {@code StoreDirectory}, so a place carries what that caller may do there, and the
 * record of it.
 *
 * @param key an object's key; for a walk the prefix, empty for the whole bucket
 * @param etag which version of the object, without quotes; null for the present one
 * @param pattern which objects a walk is to find; null for all whose keys begin with {@code key}
 */
public record Place(ObjectStore store, String bucket, String key, String etag, KeyPattern pattern) implements Placed {
    /** An object in a certain version. */
    public Place(ObjectStore store, String bucket, String key, String etag) {
        this(store, bucket, key, etag, null);
    }

    /** The present version. */
    public Place(ObjectStore store, String bucket, String key) {
        this(store, bucket, key, null);
    }

    /** All objects of a bucket whose keys match. */
    public Place(ObjectStore store, String bucket, KeyPattern pattern) {
        this(store, bucket, pattern.prefix(), null, pattern);
    }

    @Override
    public Place place() {
        return this;
    }

    /**
     * The objects here: those that match the pattern, in the order of their keys, or else all whose keys begin with
     * {@code key}. Close the stream.
     */
    public Stream<ObjectInfo> walk(ObjectStore.Order order) {
        return pattern == null ? store.walk(bucket, key, order) : PatternWalk.of(store, bucket, pattern);
    }

    /** An object in the same bucket, in the version that was listed. */
    public Place at(ObjectInfo object) {
        return new Place(store, bucket, object.key(), object.etag().isEmpty() ? null : object.etag());
    }

    /** The address, for messages. */
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
