package dev.wharf.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses that are not public: those that IANA's special-purpose registries (RFC 6890) do not call globally reachable,
 * and those by which clouds hand out a machine's credentials.
 */
final class SpecialAddresses {
    private static final List<AddressRange> LINK_LOCAL_OR_METADATA = ranges("""
            0.0.0.0/8               this host on this network
            169.254.0.0/16          link-local, and the metadata of most clouds
            100.100.100.200/32      metadata of Alibaba Cloud
            168.63.129.16/32        the wire server of Azure
            192.0.0.192/32          metadata of Oracle Cloud
            224.0.0.0/4             multicast
            255.255.255.255/32      broadcast
            ::/128                  unspecified
            fe80::/10               link-local
            fd00:ec2::/32           metadata of AWS
            fd20:ce::254/128        metadata of Google Cloud
            fd00:c1::a9fe:a9fe/128  metadata of Oracle Cloud
            fd00:42::42/128         metadata of Scaleway
            ff00::/8                multicast
            """);

    private static final List<AddressRange> PRIVATE = ranges("""
            10.0.0.0/8              private use
            100.64.0.0/10           shared by a provider's customers
            127.0.0.0/8             loopback
            172.16.0.0/12           private use
            192.0.0.0/24            IETF protocols
            192.0.2.0/24            documentation
            192.88.99.0/24          6to4 relays, deprecated
            192.168.0.0/16          private use
            198.18.0.0/15           benchmarks
            198.51.100.0/24         documentation
            203.0.113.0/24          documentation
            240.0.0.0/4             reserved
            ::1/128                 loopback
            64:ff9b:1::/48          NAT64 of a network's own (RFC 8215)
            100::/64                discarded
            100:0:0:1::/64          dummies
            2001::/23               IETF protocols, with Teredo
            2001:db8::/32           documentation
            3fff::/20               documentation
            5f00::/16               segment routing
            fc00::/7                private use
            fec0::/10               site-local, deprecated
            """);

    /** IPv6 addresses that are another way to write an IPv4 address. */
    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding("::/96", 12), // IPv4-compatible
            new Embedding("::ffff:0:0:0/96", 12), // IPv4-translated (RFC 2765)
            new Embedding("64:ff9b::/96", 12), // NAT64 (RFC 6052)
            new Embedding("2002::/16", 2)); // 6to4

    private static final int IPV4_BYTES = 4;

    private SpecialAddresses() {}

    /** @param at the first byte of the IPv4 address */
    private record Embedding(AddressRange range, int at) {
        Embedding(String range, int at) {
            this(AddressRange.of(range), at);
        }
    }

    /** Whether no connection has any business there. */
    static boolean isLinkLocalOrMetadata(InetAddress address) {
        return isIn(LINK_LOCAL_OR_METADATA, address);
    }

    static boolean isPrivate(InetAddress address) {
        return isIn(PRIVATE, address);
    }

    /** The address that is reached by another one: the IPv4 address in it, or itself if there is none. */
    static InetAddress reached(InetAddress address) throws UnknownHostException {
        if (!address.isLoopbackAddress() && !address.isAnyLocalAddress()) { // these two look IPv4-compatible
            for (Embedding embedding : EMBEDDINGS) {
                if (embedding.range().contains(address)) {
                    return InetAddress.getByAddress(
                            Arrays.copyOfRange(address.getAddress(), embedding.at(), embedding.at() + IPV4_BYTES));
                }
            }
        }
        return address;
    }

    private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<AddressRange> ranges(String table) {
        return table.lines()
                .map(row -> AddressRange.of(row.substring(0, row.indexOf(' '))))
                .toList();
    }
}
