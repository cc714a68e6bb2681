package dev.wharf.s3;

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
 * <p>Link-local and metadata addresses are always refused, private ones and this machine's unless they were allowed. As a
 * name may resolve to something else each time, {@link #resolve} is what connects.
 */
public final class EndpointRules {
    // RFC 6890 and its registries; fd00:ec2::/32 and 100.100.100.200 are metadata services of clouds.
    private static final List<AddressRange> NEVER = ranges(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "100.100.100.200/32",
            "192.0.0.0/24",
            "224.0.0.0/3",
            "::/128",
            "fe80::/10",
            "fd00:ec2::/32",
            "ff00::/8");
    private static final List<AddressRange> PRIVATE = ranges(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "::1/128",
            "fc00::/7");
    /** IPv6 addresses that stand for the IPv4 address in their last four bytes: NAT64 (RFC 6052), and 6to4's are none. */
    private static final List<AddressRange> EMBEDDING = ranges("64:ff9b::/96", "::/96");

    private final List<AddressRange> allowed;

    /**
     * @param privateEndpoints ranges of private addresses to which connections may lead, as CIDRs
     * @throws IllegalArgumentException if one is malformed
     */
    public EndpointRules(List<String> privateEndpoints) {
        allowed = privateEndpoints.stream().map(AddressRange::of).toList();
    }

    private static List<AddressRange> ranges(String... texts) {
        return List.of(texts).stream().map(AddressRange::of).toList();
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
    InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host.replaceAll("^\\[|]$", ""));
        for (InetAddress address : addresses) {
            if (!isOpen(unembedded(address))) {
                throw new ForbiddenAddressException(host, address);
            }
        }
        return addresses;
    }

    private boolean isOpen(InetAddress address) {
        if (isIn(NEVER, address)) {
            return false;
        }
        return !isIn(PRIVATE, address) || isIn(allowed, address);
    }

    private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static InetAddress unembedded(InetAddress address) throws UnknownHostException {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16
                && isIn(EMBEDDING, address)
                && !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()) {
            return InetAddress.getByAddress(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
        }
        return address;
    }
}
