package dev.wharf.network;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * To which addresses a connection may lead. Whoever registers a connection chooses its endpoint, and the service stands
 * where that person does not: in a network whose other services trust it, and beside the metadata service that hands out
 * the machine's own credentials.
 *
 * <p>Link-local and metadata addresses are always refused, and all others that are not public unless they were allowed
 * ({@link SpecialAddresses}). As a name may resolve to something else each time, {@link #resolve} is what connects.
 */
public final class EndpointRules {
    private final List<AddressRange> allowed;

    /**
     * @param privateEndpoints ranges of private addresses to which connections may lead, as CIDRs
     * @throws IllegalArgumentException if one is malformed
     */
    public EndpointRules(List<String> privateEndpoints) {
        allowed = privateEndpoints.stream().map(AddressRange::of).toList();
    }

    /** Why a connection may not lead there, to follow the name of a field; empty if it may, or if nobody knows the host at the moment. */
    public Optional<String> objection(URI endpoint) {
        try {
            resolve(endpoint.getHost());
            return Optional.empty();
        } catch (ForbiddenAddressException e) {
            return Optional.of(e.objection());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * The addresses of a host.
     *
     * @throws ForbiddenAddressException if a connection may not lead to one of them
     */
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host.replaceAll("^\\[|]$", ""));
        for (InetAddress address : addresses) {
            if (!isOpen(SpecialAddresses.reached(address))) {
                throw new ForbiddenAddressException(host, address);
            }
        }
        return addresses;
    }

    private boolean isOpen(InetAddress address) {
        if (SpecialAddresses.isLinkLocalOrMetadata(address)) {
            return false;
        }
        return !SpecialAddresses.isPrivate(address) || allowed.stream().anyMatch(range -> range.contains(address));
    }
}
