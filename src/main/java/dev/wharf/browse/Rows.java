package dev.wharf.browse;

import dev.wharf.kernel.problem.ClientGoneException;
import java.io.IOException;

/** Where a listing or a search puts what it finds, as it finds it. */
interface Rows {
    void write(Entry entry) throws IOException;

    /**
     * To be called when an object has been looked at, also where nothing came of it.
     *
     * @throws ClientGoneException if nobody waits for the answer any more
     */
    void look() throws IOException;

    /** Rows so far. */
    long count();

    /** Objects looked at so far. */
    long looked();
}
