package dev.wharf.s3.client;

/**
 * How many of a client's connections carry bodies of objects. What is fetched ahead may have a quarter of all
 * connections, and none at all once half of them are taken: it never stands in the way of somebody who waits for a
 * first byte.
 */
public final class OpenBodies {
    private final int connections;
    private int open;
    private int ahead;

    /**
     * @param connections that the client has at most
     */
    OpenBodies(int connections) {
        this.connections = connections;
    }

    /** A body is wanted, or there. */
    public synchronized void opened() {
        open++;
    }

    public synchronized void closed() {
        open--;
    }

    /** Whether a body may be fetched ahead; if so, {@link #endAhead} follows. */
    public synchronized boolean beginAhead() {
        if (open + ahead >= connections / 2 || ahead >= Math.max(1, connections / 4)) {
            return false;
        }
        ahead++;
        return true;
    }

    public synchronized void endAhead() {
        ahead--;
    }

    /** For tests: none, when everything that was opened is closed. */
    synchronized int count() {
        return open + ahead;
    }
}
