package dev.wharf.store;

/**
 * Where in which store something is to be done, as routes hand it to {@code store:} in an exchange variable. The store was
 * opened for a caller beforehand, by {@code StoreDirectory}, so a place carries what that caller may do there, and the
 * record of it.
 *
 * @param key an object's key; for a walk the prefix, empty for the whole bucket
 * @param etag which version of the object, without quotes; null for the present one
 */
public record Place(ObjectStore store, String bucket, String key, String etag) implements Placed {
    /** The present version. */
    public Place(ObjectStore store, String bucket, String key) {
        this(store, bucket, key, null);
    }

    @Override
    public Place place() {
        return this;
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
