package dev.wharf.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Lets a client connect only where {@link EndpointRules} allow it, whatever the name resolved to before. */
public record GuardedDns(EndpointRules rules) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return rules.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return rules.resolve(host)[0].getCanonicalHostName();
    }
}
