package dev.wharf.network;

import java.net.InetAddress;

/** A host resolves to an address to which no connection may lead. Not an I/O failure: to try again is no use. */
public final class ForbiddenAddressException extends IllegalStateException {
    private final String objection;

    ForbiddenAddressException(String host, InetAddress address) {
        this(
                host,
                "leads to " + address.getHostAddress()
                        + ", which is no public address; an operator allows private ones with"
                        + " wharf.connections.private-endpoints, but never link-local and metadata addresses");
    }

    private ForbiddenAddressException(String host, String objection) {
        super("the host " + host + " " + objection);
        this.objection = objection;
    }

    /** What is wrong, to follow the name of a field. */
    String objection() {
        return objection;
    }
}
