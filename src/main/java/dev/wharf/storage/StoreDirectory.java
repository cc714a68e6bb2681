package dev.wharf.storage;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.EventQueue;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.QueueUrl;
import dev.wharf.store.S3Uri;
import java.util.Optional;

/** Finds the store behind a connection, with the key pair that is the caller's to use. */
public interface StoreDirectory {
    /**
     * The store of a connection, or base storage for null.
     *
     * @throws ProblemException 404 if there is no such connection for this caller; 400 if it has no key pair for the
     *     caller, or base storage is not set up
     */
    ObjectStore store(Caller caller, Long connectionId);

    /**
     * The same for whoever reads what they name: looks around in it, imports or publishes from it ({@code seed.txt},
     * <i>Reading from sources</i>). Base storage is all of it for the role dataAdmin, and for everybody else what the
     * service has written for them.
     *
     * @throws ProblemException as {@link #store}
     */
    ObjectStore sources(Caller caller, Long connectionId);

    /**
     * The same for having archived objects restored: that changes no object, and costs whoever pays for the bucket.
     *
     * @throws ProblemException as {@link #store}; 403 for everybody but the connection's owner and administrators who may use
     *     it, and in base storage for everybody but administrators
     */
    default ObjectStore restorable(Caller caller, Long connectionId) {
        return store(caller, connectionId);
    }

    /**
     * Whether the caller may use an address, as far as that can be told without asking the store.
     *
     * @throws ProblemException as {@link #store}; 403 for a bucket that is not part of base storage
     */
    default void require(Caller caller, S3Uri uri) {
        store(caller, uri.connectionId());
    }

    /**
     * Holds an address for what is about to point at it: until the caller's transaction ends, its connection is not
     * deleted, and its bucket stays part of base storage.
     *
     * @throws ProblemException 404 if the connection is gone by now; 403 for a bucket that is no longer part of it
     */
    default void keep(Caller caller, S3Uri uri) {}

    /** The bucket that is shown first; empty where a connection has none. In base storage it keeps uploads and results. */
    Optional<String> defaultBucket(Caller caller, Long connectionId);

    /**
     * A queue in which a store tells of its objects, to be read with a connection's key pair.
     *
     * @throws ProblemException as {@link #store}; 400 for an address to which no connection may lead
     */
    default EventQueue queue(Caller caller, long connectionId, QueueUrl url) {
        throw new UnsupportedOperationException();
    }

    /**
     * The same store, for the service's own tidying: with the owner's key pair. Empty if the connection is gone.
     *
     * @param bucket where there is something to tidy; base storage can be somebody's own
     */
    Optional<ObjectStore> ownStore(Long connectionId, String bucket);
}
