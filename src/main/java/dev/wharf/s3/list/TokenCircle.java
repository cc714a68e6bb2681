package dev.wharf.s3.list;

/**
 * Notices when a chain of continuation tokens comes back to itself. Brent's method: comparing with one remembered token
 * finds a circle of any length without keeping them all.
 */
final class TokenCircle {
    private String remembered;
    private long left = 1;
    private long interval = 1;

    /** Whether the chain has come back, with this as its next token. */
    boolean closes(String token) {
        if (token.equals(remembered)) {
            return true;
        }
        if (--left == 0) {
            remembered = token;
            interval *= 2;
            left = interval;
        }
        return false;
    }
}
