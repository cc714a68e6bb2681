package dev.wharf.imports;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectNames.NoData;
import java.io.IOException;

/** Who is told how far an import is. */
interface Progress {
    /** Nobody. */
    Progress UNSEEN = findings -> {};

    /** Is called for each object that is no data. */
    default void ignored(String key, NoData reason) throws IOException {}

    /**
     * Is called when an object was looked at.
     *
     * @throws ProblemException to end the import, where nobody wants it any more
     */
    void look(Findings findings) throws IOException;

    /**
     * Is called in the transaction that makes the dataset visible.
     *
     * @throws ProblemException where nobody wants it any more
     */
    default void complete(Findings findings) {}

    /** Is called when it has failed, before that is answered. */
    default void fail(Findings findings, ProblemException failure) throws IOException {}
}
