package dev.wharf.kernel;

/**
 * Names one process in rows, {@code <node>:<boot>}: of two processes of one node the one of the later boot lives, since
 * they cannot share a data folder.
 *
 * @param node the node's lasting name, without a colon
 * @param boot what no other start of the node has
 */
public record ProcessId(String node, String boot) {
    private static final int LONGEST = 64;

    public ProcessId {
        if (node.isEmpty() || node.indexOf(':') >= 0 || node.length() + 1 + boot.length() > LONGEST) {
            throw new IllegalArgumentException("A process is named <node>:<boot>, with one colon before the boot and "
                    + LONGEST + " characters at most: " + node + ":" + boot);
        }
    }

    /** Reads {@code <node>:<boot>}. */
    public static ProcessId of(String text) {
        int colon = text.indexOf(':');
        return new ProcessId(text.substring(0, Math.max(0, colon)), text.substring(colon + 1));
    }

    /** What the names of all processes of this node begin with, and of no other node. */
    public String ofThisNode() {
        return node + ":";
    }

    @Override
    public String toString() {
        return node + ":" + boot;
    }
}
