package dev.wharf.network;

import java.net.URI;
import java.util.List;

/**
 * How far connections may lead, and who encrypts there; the operator's choice.
 *
 * @param rules to which addresses
 * @param stsEndpoint where roles are assumed, or null for AWS STS in the connection's region; {@code rules} hold for it
 * @param acrossRegions whether a bucket in another region than the connection's is followed there
 * @param tls who encrypts
 */
public record NetworkPolicy(EndpointRules rules, URI stsEndpoint, boolean acrossRegions, Tls tls) {
    /** To public addresses, in the connection's region. */
    public static final NetworkPolicy DEFAULT = of(new EndpointRules(List.of()));

    public static NetworkPolicy of(EndpointRules rules) {
        return new NetworkPolicy(rules, null, false, Tls.NATIVE);
    }
}
