package dev.wharf.browse;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectRestore;
import dev.wharf.store.StoreException;

/**
 * Has archived objects restored, object by object, in the steps of {@code vfsRestore}, which asks the store by {@code aws2-s3:}. No object
 * is changed: the store makes a copy that can be read for some days, and that whoever pays for the bucket pays for. So it
 * takes the connection's owner or an administrator, and every request is on the audit trail.
 */
public final class Restores {
    private final StoreDirectory directory;

    public Restores(StoreDirectory directory) {
        this.directory = directory;
    }

    /**
     * Begins a request; what it hands out is to be asked for.
     *
     * @throws ProblemException as {@link StoreDirectory#restorable}
     */
    public Restoring begin(Caller caller, RestoreRequest request) {
        Long connectionId = request.connectionId();
        return new Restoring(directory.restorable(caller, connectionId), request);
    }

    /** The store has taken it. */
    public void requested(Restoring restoring, ObjectRestore object) {
        restoring.requested(object);
    }

    /** The store refuses it, which keeps no other object from being asked for. */
    public void refused(Restoring restoring, ObjectRestore object, StoreException refusal) {
        restoring.refused(object, refusal);
    }

    /**
     * Ends a request that has failed: nothing more is looked at.
     *
     * @param restoring null if it had not begun
     */
    public void end(Restoring restoring) {
        if (restoring != null) {
            restoring.close();
        }
    }

    /**
     * What has come of it.
     *
     * @throws StoreException DENIED, which names {@code s3:RestoreObject} and the object, where the key pair may restore
     *     nothing of it
     */
    public RestoreReport report(Restoring restoring) {
        return restoring.report();
    }
}
