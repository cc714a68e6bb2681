package dev.wharf.kernel.settings;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** The address of a server as somebody entered it: one that no client would choke on. */
public final class HttpAddress {
    /** What such an address must be, to follow "must be". */
    public static final String RULE =
            "an http:// or https:// address with a host of at most 253 characters and, if any, a port from 1 to 65535";

    /** Characters of a DNS name (RFC 1035 §2.3.4). */
    private static final int MAX_HOST = 253;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_LENGTH = 1024;
    private static final int NO_PORT = -1;

    private HttpAddress() {}

    /** The address, or nothing if it breaks {@link #RULE}. */
    public static Optional<URI> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text);
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                            && isHost(uri.getHost())
                            && isPort(uri.getPort())
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isHost(String host) {
        return host != null && host.length() <= MAX_HOST;
    }

    private static boolean isPort(int port) {
        return port == NO_PORT || port >= 1 && port <= MAX_PORT;
    }
}
