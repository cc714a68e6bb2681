package dev.wharf.store;

/**
 * What is tried of a store.
 *
 * @param bucket the bucket that is to be used, or null where there is none: only the list of buckets is tried then
 * @param prefix the folder in it, empty for its root, else ending in a slash
 * @param write whether something may be written for a moment; without it the bucket is only read
 * @param purpose what the connection is for, and so which operations it cannot do without
 */
public record ProbeRequest(String bucket, String prefix, boolean write, Purpose purpose) {
    /** What a connection is for. */
    public enum Purpose {
        /** Listing and reading objects. */
        READ,
        /** The same, and writing new objects. */
        WRITE,
        /** Reading, and listing all buckets of the account. */
        BROWSE_ALL
    }

    /** Where what is tried is what it is for. */
    public ProbeRequest(String bucket, String prefix, boolean write) {
        this(bucket, prefix, write, write ? Purpose.WRITE : Purpose.READ);
    }
}
